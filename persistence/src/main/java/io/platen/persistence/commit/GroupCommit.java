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
 * One thread that writes for all: what arrives while a group is being made durable forms the next group,
 * with one sync for all of it. Order of submission is order of writing.
 *
 * <p>It stops at failure: a group that cannot be made durable fails as a whole, and nothing is written or
 * acknowledged until the store was reopened and verified, because a sync that succeeds after one that failed
 * says nothing about the bytes of the first. Meanwhile submissions are refused.
 *
 * @param <B> a group that is being put together
 */
public final class GroupCommit<B> implements WriterHealth, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
    private static final long CLOSE_WITHIN_SECONDS = 60;

    /** What is written to. Called by the one thread only. */
    public interface Store<B> {
        /** Starts a group. */
        B begin() throws IOException;

        /** Makes a group durable. One that is refused with {@link StoreFullException} has changed nothing. */
        void commit(B group) throws IOException;

        /** After a failure: opens the files again and makes sure that all that was acknowledged is in them. */
        void reopen() throws IOException;
    }

    /**
     * How much is taken at once.
     *
     * @param waiting writes that may wait
     * @param groupWrites most writes in a group
     * @param groupBytes bytes after which a group is closed
     * @param reopenAfter pause before the files are tried again, in milliseconds
     */
    public record Limits(int waiting, int groupWrites, long groupBytes, long reopenAfter) {}

    /**
     * Who waits for a submission. Told perhaps on the writing thread, which must not be held up, nor be thrown at. Should
     * it be told twice, because another's answer threw nevertheless, the first counts.
     */
    public interface Answer<T> {
        /** It is durable. */
        void done(T result);

        /** It failed, or whether it did is not known. */
        void failed(Throwable cause);

        /** One that completes this. */
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

        /** Puts it into the group; what it throws is its own failure only. */
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

    /** Answers that are given together; what follows from them on the same executor is done with them. */
    private record Answers(List<Runnable> answers) implements Runnable, Batchable {
        @Override
        public void run() {
            answers.forEach(Runnable::run);
        }
    }

    /** After a group, so long is looked for the next before the thread goes to sleep: waking it takes as long. */
    private static final long LOOK_NANOS = 100_000;

    /** Answers that are given at once; giving more would keep the next group waiting. */
    private static final int ANSWERS_AT_ONCE = 8;

    /** So many who write at once are written in two halves: one is answered while the other is made durable. */
    private static final int MANY_AT_ONCE = 128;

    /** How long a group waits for its half, so that none is made of the first few that come. */
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

    /** Writes in the last group and behind it. Used by the thread only. */
    private int atOnce;

    private volatile @Nullable IOException trouble;
    private volatile boolean closed;

    /**
     * Starts the thread, which bears this name.
     *
     * @param answering completes the submissions of large groups; small ones are completed on the writing thread
     */
    public GroupCommit(String name, Store<B> store, Limits limits, Executor answering) {
        this.name = name;
        this.store = store;
        this.answering = answering;
        this.limits = limits;
        // With a lock at each end, and none to find it empty: the thread looks often, and must not hold up who submits.
        this.waiting = new LinkedBlockingQueue<>(limits.waiting());
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Has this done within a group, and answers when the group is durable. What follows must name an executor: it may
     * be the writing thread that completes it.
     *
     * @return see {@link #submit(long, Function, Answer)}
     */
    public <T> CompletionStage<T> submit(long bytes, Function<B, T> work) {
        var done = new CompletableFuture<T>();
        submit(bytes, work, Answer.completing(done));
        return done;
    }

    /**
     * Has this done within a group, and answers when the group is durable.
     *
     * @param bytes about how many it adds
     * @param work runs on the writing thread; what it throws fails this submission alone, and must have left
     *     the group as it was
     * @param answer fails with {@link StoreUnavailableException} when too many wait or the store is being reopened
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
                            "%,d writes wait for the %s already".formatted(limits.waiting(), name)));
        } else if (trouble != null || closed) {
            // Came in when the queue was being cleared.
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

    /** Writes what waits, then ends. The store stays open. */
    @Override
    public void close() {
        // Not by an interrupt, which would close the file under a write.
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
                // Also when memory was short for a moment: a thread that ends would leave every writer waiting.
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

    /** After a failure that could not be mended, because it was being closed, nothing is written any more. */
    private void commitUnlessFailed(List<Write<B, ?>> writes) {
        IOException failed = trouble;
        if (failed == null) {
            commit(writes);
        } else {
            writes.forEach(write -> write.answer().failed(unavailable(failed)));
        }
    }

    /**
     * With the first of the writes, and all that are there by the time that these are in the group; where many write at
     * once, with half of them.
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
                    // Told already: what becomes of the group is nothing to it.
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
        log.error("The {} failed; nothing is acknowledged until its files are verified", name, cause);
        writes.forEach(write -> write.answer().failed(unavailable(cause)));
        refuseWaiting();
        while (!closed) {
            try {
                store.reopen();
                trouble = null;
                log.warn("The {} was reopened and verified, and takes writes again", name);
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
                "The %s takes nothing until its files are verified: %s".formatted(name, cause.getMessage()), cause);
    }
}
