package io.platen.spooler;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import io.platen.persistence.document.DocumentStore;
import io.platen.persistence.failure.FailureStore;
import io.platen.spooler.Spooler.Recorded;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.JobEvent;
import io.platen.spooler.job.PrinterId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts failed jobs into failure storage on disk, and takes them out.
 *
 * <p>A folder is there before the event that says so is stored. A crash in between leaves a folder that
 * no job knows, and one after an event that takes a job out leaves one that is not needed any more;
 * {@link #tidy} removes both at the next start.
 */
final class FailureFiling {
    private static final Logger log = LoggerFactory.getLogger(FailureFiling.class);

    /** Where a printer's stored events are read. */
    @FunctionalInterface
    interface History {
        /** From one place in the printer's stream to another, both included. */
        Source<Recorded, NotUsed> events(PrinterId printer, long from, long to);
    }

    private final ActorSystem<?> system;
    private final FailureStore store;
    private final DocumentStore documents;
    private final History history;
    private final FailureFormat format;
    private final Executor blocking;

    FailureFiling(
            ActorSystem<?> system,
            FailureStore store,
            DocumentStore documents,
            History history,
            FailureFormat format,
            Executor blocking) {
        this.system = system;
        this.store = store;
        this.documents = documents;
        this.history = history;
        this.format = format;
        this.blocking = blocking;
    }

    /**
     * Files a job; completes when its folder is durable.
     *
     * @param job as it will be when the events are stored
     * @param stored how many events of the printer are stored
     * @param pending those that follow
     */
    CompletionStage<Done> file(PrinterId printer, PrintJob job, long stored, List<PrinterEvent> pending) {
        return history.events(printer, job.firstEvent(), stored)
                .filter(recorded -> isAbout(job, recorded.event()))
                .runWith(Sink.fold(new Ends(), Ends::and), system)
                .thenApplyAsync(
                        before -> {
                            var all = before.all();
                            long sequence = stored;
                            for (PrinterEvent event : pending) {
                                sequence++;
                                if (isAbout(job, event)) {
                                    all.add(new Recorded(sequence, event));
                                }
                            }
                            write(printer, job, all);
                            return Done.getInstance();
                        },
                        blocking);
    }

    /** The first and the last events of a job: one that a queue stood on for a week has thousands. */
    private static final class Ends {
        private static final int KEPT = 100;

        private final List<Recorded> first = new ArrayList<>();
        private final Deque<Recorded> last = new ArrayDeque<>();

        Ends and(Recorded event) {
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

    private static boolean isAbout(PrintJob job, PrinterEvent event) {
        return event instanceof JobEvent about && about.job() == job.number();
    }

    private void write(PrinterId printer, PrintJob job, List<Recorded> events) {
        var document = job.ticket().document();
        try {
            store.write(entry(printer, job.number()), format.files(printer, job, events), document.size(), file -> {
                try {
                    documents.export(document, file);
                } catch (NoSuchFileException e) {
                    log.warn("The document of failed job {} of {} is missing", job.number(), printer);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of a job in failure storage. */
    Optional<Path> find(PrinterId printer, int job) {
        return store.find(entry(printer, job));
    }

    /** Removes a job's folder, later. */
    void remove(PrinterId printer, int job) {
        blocking.execute(() -> removeNow(entry(printer, job)));
    }

    private void removeNow(FailureStore.Entry entry) {
        try {
            store.delete(entry);
        } catch (IOException e) {
            log.warn("The folder of failed job {} of {} could not be removed", entry.job(), entry.printer(), e);
        }
    }

    /**
     * Folders and failed jobs agree again: what is not needed goes, what is missing is made. Blocks.
     *
     * @param foundAtStart the folders that were there before any printer ran
     */
    void tidy(List<FailureStore.Entry> foundAtStart, List<PrinterStatus> printers) {
        var unknown = new HashSet<>(foundAtStart);
        record Missing(PrinterStatus printer, PrintJob job) {}
        var missing = new ArrayList<Missing>();
        for (PrinterStatus printer : printers) {
            printer.queue().jobs().quarantined().forEach(job -> {
                if (!unknown.remove(entry(printer.id(), job.number()))) {
                    missing.add(new Missing(printer, job));
                }
            });
        }
        unknown.forEach(this::removeNow);
        var unused = Source.from(missing)
                .filter(one -> find(one.printer().id(), one.job().number()).isEmpty())
                .mapAsync(
                        1,
                        one -> file(
                                        one.printer().id(),
                                        one.job(),
                                        one.printer().queue().events(),
                                        List.of())
                                .exceptionallyAsync(
                                        e -> {
                                            log.warn(
                                                    "Failed job {} of {} has no folder",
                                                    one.job().number(),
                                                    one.printer().id(),
                                                    e);
                                            return Done.getInstance();
                                        },
                                        blocking))
                .runWith(Sink.ignore(), system);
    }

    private static FailureStore.Entry entry(PrinterId printer, int job) {
        return new FailureStore.Entry(printer.value(), job);
    }
}
