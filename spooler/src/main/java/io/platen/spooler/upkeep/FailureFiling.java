package io.platen.spooler.upkeep;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.document.DocumentDamagedException;
import io.platen.persistence.document.DocumentStore;
import io.platen.persistence.document.StoredDocument;
import io.platen.persistence.failure.FailureStore;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Recorded;
import io.platen.spooler.queue.Filing;
import io.platen.spooler.queue.QueueBoard;
import io.platen.spooler.upkeep.FailureFormat.Moment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failure storage on disk: a folder for each failed job.
 *
 * <p>The events decide, the folders follow. Every notice about a job is handled alike: its folder is made if the published queue
 * has the job in failure storage and there is no folder, and removed if the job is no longer there. So the order of notices
 * does not matter, and the next start completes what a crash left undone. A printer has a {@link FolderLane} while there is
 * work for it.
 */
public final class FailureFiling implements Filing {
    private static final Logger log = LoggerFactory.getLogger(FailureFiling.class);

    /** In bytes, for all printers. When the disk fails for long, the folders of later failures lack their moment. */
    private static final long MOMENTS_KEPT = 16 * 1024 * 1024;

    private static final String MISSING_DOCUMENT = "document-missing.txt";
    private static final String MISSING_DOCUMENT_TEXT =
            "The document was missing or damaged in the document store when this folder was made.\n";

    /** Reads a printer's stored events. */
    @FunctionalInterface
    public interface EventsOfPrinter {
        /** The events from one sequence number to another, both included. */
        Source<Recorded, NotUsed> events(PrinterId printer, long from, long to);
    }

    private final ActorSystem<?> system;
    private final FailureStore store;
    private final DocumentStore documents;
    private final QueueBoard board;
    private final EventsOfPrinter history;
    private final FailureFormat format;
    private final Executor blocking;
    private final BiConsumer<Duration, Runnable> later;

    private final Map<PrinterId, FolderLane> lanes = new HashMap<>();
    private final List<CompletableFuture<Done>> awaitingIdle = new ArrayList<>();
    private long momentsBytes;
    private boolean begun;

    public FailureFiling(
            ActorSystem<?> system,
            FailureStore store,
            DocumentStore documents,
            QueueBoard board,
            EventsOfPrinter history,
            FailureFormat format,
            Executor blocking) {
        this(
                system,
                store,
                documents,
                board,
                history,
                format,
                blocking,
                (pause, work) -> system.scheduler().scheduleOnce(pause, work, system.executionContext()));
    }

    /**
     * For tests.
     *
     * @param later runs something after a pause
     */
    FailureFiling(
            ActorSystem<?> system,
            FailureStore store,
            DocumentStore documents,
            QueueBoard board,
            EventsOfPrinter history,
            FailureFormat format,
            Executor blocking,
            BiConsumer<Duration, Runnable> later) {
        this.system = system;
        this.store = store;
        this.documents = documents;
        this.board = board;
        this.history = history;
        this.format = format;
        this.blocking = blocking;
        this.later = later;
    }

    @Override
    public void condemned(PrinterId printer, PrintJob job) {
        lookAfter(printer, job.number(), true, format.moment(printer, job));
    }

    @Override
    public void takenOut(PrinterId printer, int job) {
        lookAfter(printer, job, false, null);
    }

    /** A queue whose journal failed may have condemned a job without calling {@link #condemned}. */
    @Override
    public synchronized void recovered(PrinterId printer, QueueState state) {
        if (begun) {
            state.jobs().quarantined().forEach(job -> lookAfter(printer, job.number(), false, null));
        }
    }

    /**
     * After a start, removes the folders that no job needs and makes those that are missing.
     *
     * @param foundAtStart the folders from before any printer ran, which may be removed; none if a printer could not be
     *     recovered, because its jobs are not known
     */
    public void begin(List<FailureStore.Entry> foundAtStart) {
        var needless = new HashSet<>(foundAtStart);
        synchronized (this) {
            begun = true;
        }
        board.queues()
                .forEach((printer, queue) -> queue.jobs().quarantined().forEach(job -> {
                    if (!needless.remove(entry(printer, job.number()))) {
                        lookAfter(printer, job.number(), false, null);
                    }
                }));
        needless.forEach(this::lookAfterNeedless);
    }

    /** In its printer's lane, so that it is not removed while another folder of the printer is being made. */
    private void lookAfterNeedless(FailureStore.Entry found) {
        try {
            lookAfter(new PrinterId(found.printer()), found.job(), false, null);
        } catch (IllegalArgumentException e) {
            log.warn("The folder of failed job {} of {} is not Platen's: it stays", found.job(), found.printer());
        }
    }

    /** The folder of a job in failure storage, if there is one. Blocks for a moment. */
    public Optional<Path> find(PrinterId printer, int job) {
        return store.find(entry(printer, job));
    }

    /** Completes when no folder is left to make or remove. */
    public synchronized CompletionStage<Done> idle() {
        var idle = new CompletableFuture<Done>();
        awaitingIdle.add(idle);
        tellIfIdle();
        return idle;
    }

    private synchronized void lookAfter(PrinterId printer, int job, boolean isNew, @Nullable Moment moment) {
        boolean isIdle = !lanes.containsKey(printer);
        lanes.computeIfAbsent(printer, unused -> new FolderLane())
                .add(new FolderLane.Task(job, isNew, keptOrNull(moment)));
        if (isIdle) {
            blocking.execute(() -> next(printer));
        }
    }

    private @Nullable Moment keptOrNull(@Nullable Moment moment) {
        if (moment == null || momentsBytes + moment.bytes() > MOMENTS_KEPT) {
            return null;
        }
        momentsBytes += moment.bytes();
        return moment;
    }

    private void next(PrinterId printer) {
        FolderLane.Task task = taskOrNull(printer);
        if (task != null) {
            var unused = settle(printer, task)
                    .whenCompleteAsync((done, failure) -> settled(printer, task, failure), blocking);
        }
    }

    private synchronized FolderLane.@Nullable Task taskOrNull(PrinterId printer) {
        FolderLane lane = lanes.get(printer);
        FolderLane.Task task = lane == null ? null : lane.take().orElse(null);
        if (task == null) {
            lanes.remove(printer);
            tellIfIdle();
        }
        return task;
    }

    private void tellIfIdle() {
        if (lanes.isEmpty()) {
            awaitingIdle.forEach(idle -> idle.complete(Done.getInstance()));
            awaitingIdle.clear();
        }
    }

    private synchronized void settled(PrinterId printer, FolderLane.Task task, @Nullable Throwable failure) {
        FolderLane lane = lanes.get(printer);
        if (lane == null) {
            return;
        }
        if (failure == null) {
            boolean hadFailed = lane.done(task);
            momentsBytes -= task.moment() == null ? 0 : task.moment().bytes();
            if (hadFailed) {
                log.info("The folder of failed job {} of {} is now as it should be", task.job(), printer);
            }
            blocking.execute(() -> next(printer));
        } else {
            if (lane.failed(task)) {
                log.error(
                        "The folder of failed job {} of {} cannot be written; trying again until it succeeds",
                        task.job(),
                        printer,
                        failure);
            }
            later.accept(lane.pause(), () -> blocking.execute(() -> next(printer)));
        }
    }

    /** Makes the folder agree with the published queue. */
    private CompletionStage<Done> settle(PrinterId printer, FolderLane.Task task) {
        try {
            PrintJob job = board.queue(printer)
                    .flatMap(queue -> queue.jobs().find(task.job()))
                    .filter(PrintJob::isQuarantined)
                    .orElse(null);
            if (job == null) {
                store.delete(entry(printer, task.job()));
                return CompletableFuture.completedFuture(Done.getInstance());
            }
            if (!task.isNew() && find(printer, task.job()).isPresent()) {
                return CompletableFuture.completedFuture(Done.getInstance());
            }
            return history.events(printer, job.firstEvent(), job.lastEvent())
                    .filter(recorded -> recorded.event().isAbout(job.number()))
                    .runWith(Sink.fold(new FirstAndLast(), FirstAndLast::and), system)
                    .thenApplyAsync(events -> write(printer, job, events.all(), task.moment()), blocking);
        } catch (Throwable e) {
            // An Error, too: else nobody would go on with the printer's lane.
            return CompletableFuture.failedFuture(e);
        }
    }

    private Done write(PrinterId printer, PrintJob job, List<Recorded> events, @Nullable Moment moment) {
        var entry = entry(printer, job.number());
        StoredDocument document = job.ticket().document();
        var files = new LinkedHashMap<>(format.files(printer, job, events, moment));
        try {
            store.write(entry, files, document.size(), file -> export(document, file));
        } catch (DocumentLostException e) {
            log.warn("The document of failed job {} of {} is missing or damaged", job.number(), printer, e);
            files.put(MISSING_DOCUMENT, MISSING_DOCUMENT_TEXT.getBytes(StandardCharsets.UTF_8));
            writeWithoutDocument(entry, files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Done.getInstance();
    }

    private void export(StoredDocument document, Path file) throws IOException {
        try {
            documents.export(document, file);
        } catch (NoSuchFileException | StoreDamagedException | DocumentDamagedException e) {
            throw new DocumentLostException(e);
        }
    }

    /** The document is missing or damaged. What is missing in failure storage itself is another matter. */
    private static final class DocumentLostException extends IOException {
        DocumentLostException(IOException cause) {
            super(cause);
        }
    }

    private void writeWithoutDocument(FailureStore.Entry entry, Map<String, byte[]> files) {
        try {
            store.write(entry, files, 0, file -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first and the last events of a job. A job on which a queue had stopped for a week has thousands of events. */
    static final class FirstAndLast {
        static final int KEPT = 100;

        private final List<Recorded> first = new ArrayList<>();
        private final Deque<Recorded> last = new ArrayDeque<>();

        FirstAndLast and(Recorded event) {
            if (first.size() < KEPT) {
                first.add(event);
            } else {
                last.addLast(event);
                if (last.size() > KEPT) {
                    last.removeFirst();
                }
            }
            return this;
        }

        List<Recorded> all() {
            var all = new ArrayList<>(first);
            all.addAll(last);
            return all;
        }
    }

    private static FailureStore.Entry entry(PrinterId printer, int job) {
        return new FailureStore.Entry(printer.value(), job);
    }
}
