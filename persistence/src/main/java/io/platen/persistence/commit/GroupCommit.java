package io.platen.persistence.commit;

import io.platen.persistence.StoreFullException;
import io.platen.persistence.StoreUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.Batchable;

/**
 * Writes for many callers on one thread. Submissions that arrive during a commit form the next group, and share its sync.
 * They are written in the order of submission.
 *
 * <p>A group that cannot be made durable fails as a whole. Nothing is written or acknowledged after that until the store is
 * reopened and verified: a sync that succeeds after a failed one says nothing about the bytes of the failed one. Until then
 * submissions are refused.
 *
 * @param <B> the group that the store writes
 */
public final class GroupCommit<B> implements WriterHealth, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
    private static final long CLOSE_WITHIN_SECONDS = 60;

    /** Where groups are written. Only the writing thread calls it. */
    public interface Store<B> {
        /** Starts a group. */
        B begin() throws IOException;

        /** Makes a group durable. When it throws {@link StoreFullException}, it has changed nothing. */
        void commit(B group) throws IOException;

        /** Opens the files again after a failure, and verifies that they hold everything that was acknowledged. */
        void reopen() throws IOException;
    }

    /**
     * Limits of a writer.
     *
     * @param waiting most writes that wait for a group
     * @param groupWrites most writes in a group
     * @param groupBytes a group with this many bytes gets no more writes
     * @param reopenAfter pause between two attempts to reopen the store, in milliseconds
     */
    public record Limits(int waiting, int groupWrites, long groupBytes, long reopenAfter) {}

    /**
     * Receives the result of a submission, perhaps on the writing thread: it must neither block nor throw. If another answer
     * of the group throws nevertheless, this one may be called twice; then the first call counts.
     */
    public interface Answer<T> {
        /** The submission is durable. */
        void done(T result);

        /** The submission failed, or it is not known whether it did. */
        void failed(Throwable cause);

        static <T> Answer<T> completing(CompletableFuture<T> future) {
            return new Answer<>() {
                @Override
                public void done(T result) {
                    future.complete(result);
                }

                @Override
                public void failed(Throwable cause) {
                    future.completeExceptionally(cause);
                }
            };
        }
    }

    private record Write<B, T>(long bytes, Function<B, T> work, Answer<T> answer) {

        /** Adds the write to the group, and returns its answer. When the work throws, only this write fails: null. */
        @Nullable
        Runnable addTo(B group) {
            try {
                T result = work.apply(group);
                return () -> answer.done(result);
            } catch (RuntimeException e) {
                answer.failed(e);
                return null;
            }
        }
    }

    /** Answers given in one task. Akka runs what they trigger on the same executor in that task, too ({@link Batchable}). */
    private record Answers(List<Runnable> answers) implements Runnable, Batchable {
        @Override
        public void run() {
            answers.forEach(Runnable::run);
        }
    }

    /** How long the thread polls for the next write before it sleeps. Longer would take a processor from the writers. */
    private static final long LOOK_NANOS = 20_000;

    /** Up to this many answers are given on the writing thread. More would delay the next group. */
    private static final int ANSWERS_AT_ONCE = 8;

    /** This many concurrent writers are split into two halves: one is answered while the other is made durable. */
    private static final int MANY_AT_ONCE = 128;

    /** How long a group waits for its half to arrive, so that it does not start with only the first few writes. */
    private static final long GATHER_NANOS = 1_000_000;

    private static final long GATHER_PAUSE_NANOS = 20_000;

    private final String name;
    private final Store<B> store;
    private final Executor answering;
    private final Limits limits;
    private final BlockingQueue<Write<B, ?>> waiting;
    private final CommitMetrics metrics = new CommitMetrics();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /** Writes in the last group plus those that waited when it was durable. Used by the writing thread only. */
    private int atOnce;

    private volatile @Nullable IOException trouble;
    private volatile boolean closed;

    /**
     * Starts the writing thread.
     *
     * @param name of the thread, also used in messages
     * @param answering completes the submissions of large groups; small ones are completed on the writing thread
     */
    public GroupCommit(String name, Store<B> store, Limits limits, Executor answering) {
        this.name = name;
        this.store = store;
        this.answering = answering;
        this.limits = limits;
        // It has a lock at each end, and none to see that it is empty: the thread polls often, and must not delay
        // submitters.
        this.waiting = new LinkedBlockingQueue<>(limits.waiting());
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Like {@link #submit(long, Function, Answer)}. The stage may complete on the writing thread, so callbacks on it must name
     * an executor.
     */
    public <T> CompletionStage<T> submit(long bytes, Function<B, T> work) {
        var done = new CompletableFuture<T>();
        submit(bytes, work, Answer.completing(done));
        return done;
    }

    /**
     * Does this work within a group, and answers when the group is durable.
     *
     * @param bytes about how many bytes the work adds
     * @param work runs on the writing thread; when it throws, it must have left the group unchanged, and only this submission
     *     fails
     * @param answer fails with {@link StoreUnavailableException} when too many writes wait or the store is being reopened
     */
    public <T> void submit(long bytes, Function<B, T> work, Answer<T> answer) {
        var write = new Write<>(bytes, work, answer);
        IOException failed = trouble;
        if (failed != null) {
            write.answer().failed(unavailable(failed));
        } else if (closed) {
            write.answer().failed(new StoreUnavailableException("The " + name + " is closed"));
        } else if (!waiting.offer(write)) {
            metrics.refused();
            write.answer()
                    .failed(new StoreUnavailableException(
                            "The %s is overloaded: %,d writes are waiting".formatted(name, limits.waiting())));
        } else if (trouble != null || closed) {
            // The write was queued while the queue was being cleared.
            refuseWaiting();
        }
    }

    @Override
    public int waiting() {
        return waiting.size();
    }

    @Override
    public CommitMetrics metrics() {
        return metrics;
    }

    @Override
    public @Nullable IOException trouble() {
        return trouble;
    }

    /** Writes the waiting submissions, then ends the thread. The store stays open. */
    @Override
    public void close() {
        // An interrupt would close the file in the middle of a write.
        closed = true;
        closing.countDown();
        var unused = waiting.offer(
                new Write<>(0, group -> null, Answer.completing(new CompletableFuture<@Nullable Void>())));
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_WITHIN_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        refuseWaiting();
    }

    private void run() {
        var writes = new ArrayList<Write<B, ?>>();
        while (true) {
            try {
                Write<B, ?> first = first();
                if (first != null) {
                    writes.add(first);
                    commitUnlessFailed(writes);
                } else if (closed) {
                    return;
                }
            } catch (InterruptedException e) {
                log.debug("The {} was interrupted while it waited", name);
            } catch (RuntimeException | Error e) {
                // Errors too, such as a short lack of memory: if the thread ended, every writer would wait for ever.
                fail(writes, new IOException("The " + name + " failed: " + e, e));
            } finally {
                writes.clear();
            }
        }
    }

    private @Nullable Write<B, ?> first() throws InterruptedException {
        long start = System.nanoTime();
        do {
            Write<B, ?> next = waiting.poll();
            if (next != null || closed) {
                return next;
            }
            Thread.onSpinWait();
        } while (System.nanoTime() - start < LOOK_NANOS);
        return waiting.take();
    }

    /** When the writer was closed before it could reopen the store, nothing more is written. */
    private void commitUnlessFailed(List<Write<B, ?>> writes) {
        IOException failed = trouble;
        if (failed == null) {
            commit(writes);
        } else {
            writes.forEach(write -> write.answer().failed(unavailable(failed)));
        }
    }

    /**
     * Commits the first write together with those that arrive until the group has taken all that wait. With many concurrent
     * writers the group takes half of them.
     */
    private void commit(List<Write<B, ?>> writes) {
        int half = atOnce < MANY_AT_ONCE ? 0 : atOnce / 2;
        long bytes = 0;
        long start = System.nanoTime();
        var answers = new ArrayList<Runnable>();
        try {
            B group = store.begin();
            Write<B, ?> next = writes.get(0);
            while (next != null) {
                Runnable answer = next.addTo(group);
                if (answer == null) {
                    // It has its answer already, so the group's result does not concern it.
                    writes.remove(writes.size() - 1);
                } else {
                    answers.add(answer);
                    bytes += next.bytes();
                }
                boolean isFull = bytes >= limits.groupBytes()
                        || writes.size() >= limits.groupWrites()
                        || (half > 0 && writes.size() >= half);
                next = isFull ? null : next(half > 0, start);
                if (next != null) {
                    writes.add(next);
                }
            }
            store.commit(group);
        } catch (StoreFullException e) {
            writes.forEach(write -> write.answer().failed(e));
            return;
        } catch (IOException e) {
            fail(writes, e);
            return;
        }
        atOnce = writes.size() + waiting.size();
        metrics.committed(writes.size(), bytes, System.nanoTime() - start);
        if (answers.size() <= ANSWERS_AT_ONCE) {
            answers.forEach(Runnable::run);
        } else {
            answering.execute(new Answers(answers));
        }
    }

    private @Nullable Write<B, ?> next(boolean expected, long start) {
        Write<B, ?> next = waiting.poll();
        while (next == null && expected && System.nanoTime() - start < GATHER_NANOS) {
            LockSupport.parkNanos(GATHER_PAUSE_NANOS);
            next = waiting.poll();
        }
        return next;
    }

    private void fail(List<Write<B, ?>> writes, IOException cause) {
        metrics.failed();
        trouble = cause;
        log.error("The {} failed. Nothing is acknowledged until its files are verified", name, cause);
        writes.forEach(write -> write.answer().failed(unavailable(cause)));
        refuseWaiting();
        while (!closed) {
            try {
                store.reopen();
                trouble = null;
                log.warn("The {} was reopened and verified, and accepts writes again", name);
                return;
            } catch (IOException | RuntimeException | Error e) {
                log.error("The {} cannot be reopened; trying again", name, e);
                trouble = e instanceof IOException io ? io : new IOException(e);
                refuseWaiting();
                pause();
            }
        }
    }

    private void pause() {
        try {
            var unused = closing.await(limits.reopenAfter(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            log.debug("The {} was interrupted while it waited", name);
        }
    }

    private void refuseWaiting() {
        var refused = new ArrayList<Write<B, ?>>();
        waiting.drainTo(refused);
        IOException failed = trouble;
        refused.forEach(write -> write.answer()
                .failed(
                        failed == null
                                ? new StoreUnavailableException("The " + name + " is closed")
                                : unavailable(failed)));
    }

    private IOException unavailable(IOException cause) {
        return new StoreUnavailableException(
                "The %s accepts no writes until its files are verified: %s".formatted(name, cause.getMessage()), cause);
    }
}
