package io.platen.api.tools;

import akka.stream.javadsl.StreamConverters;
import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import io.platen.api.server.StartException;
import io.platen.persistence.document.StoredDocument;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.Spooler;
import io.platen.spooler.job.JobState;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.JobSubmitted;
import io.platen.spooler.job.PrinterEvent.PrinterConfigured;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Refusal;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import io.platen.spooler.job.SomeEvents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Prints a printer's recorded jobs again, through a temporary server. The recorded journal is only read.
 */
public final class Replay {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration SUBMIT_AGAIN_AFTER = Duration.ofMillis(200);

    private final RecordedHistory history;
    private final Progress progress;

    private Replay(RecordedHistory history, Progress progress) {
        this.history = history;
        this.progress = progress;
    }

    /**
     * Which jobs are printed again, and how.
     *
     * @param from only jobs submitted at this time or later
     * @param to only jobs submitted before this time
     * @param uri the printer to print on
     * @param atRecordedSpeed whether to keep the recorded pauses between submissions
     */
    public record Order(PrinterId printer, Instant from, Instant to, String uri, boolean atRecordedSpeed) {}

    /**
     * The result of a replay.
     *
     * @param recorded number of jobs that were to be printed
     * @param withoutDocument number of those whose print data has been deleted
     * @param states number of the other jobs by their last state
     */
    public record ReplayResult(int recorded, int withoutDocument, Map<JobState, Integer> states, Duration took) {
        public boolean isComplete() {
            return withoutDocument == 0 && states.getOrDefault(JobState.COMPLETED, 0) == recorded;
        }
    }

    private record Job(JobTicket ticket, Instant submittedAt) {}

    /** Prints the jobs, and waits until all of them have ended or wait for an operator. */
    public static ReplayResult run(RecordedHistory history, ServerSettings settings, Order order, Progress progress)
            throws IOException, StartException, InterruptedException {
        return new Replay(history, progress).run(settings, order);
    }

    private ReplayResult run(ServerSettings settings, Order order)
            throws IOException, StartException, InterruptedException {
        var stream = history.find(order.printer())
                .orElseThrow(() -> new IOException("The journal has no printer '" + order.printer() + "'"));
        QueueState before = history.stateBefore(order.printer(), stream);
        var profile = new PrinterProfile[] {before.profile()};
        var jobs = new ArrayList<Job>();
        history.events(order.printer(), 1, stream.highest(), recorded -> {
            recorded.event()
                    .accept(new SomeEvents<Runnable>() {
                        @Override
                        public Runnable printerConfigured(PrinterConfigured event) {
                            return () -> profile[0] = event.profile();
                        }

                        @Override
                        public Runnable jobSubmitted(JobSubmitted event) {
                            return () -> {
                                if (!event.at().isBefore(order.from())
                                        && event.at().isBefore(order.to())) {
                                    jobs.add(new Job(event.ticket(), event.at()));
                                }
                            };
                        }

                        @Override
                        protected Runnable other(PrinterEvent event) {
                            return () -> {};
                        }
                    })
                    .run();
        });
        PrinterProfile recorded = profile[0];
        if (recorded == null) {
            throw new IOException("The printer '" + order.printer() + "' was never configured");
        }
        Path scratch = Files.createTempDirectory(history.data(), ".replay-");
        Server server = Server.start(ServerSettings.scratch(settings, scratch));
        try {
            return print(server.spooler(), order, recorded.at(order.uri()), jobs);
        } finally {
            server.stop();
            RecordedHistory.deleteTree(scratch);
        }
    }

    private ReplayResult print(Spooler spooler, Order order, PrinterProfile profile, List<Job> jobs)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        ask(spooler, order.printer(), new Request.Configure(profile));
        int withoutDocument = 0;
        int submitted = 0;
        for (Job job : jobs) {
            StoredDocument document = copy(spooler, job.ticket().document());
            if (document == null) {
                withoutDocument++;
                continue;
            }
            if (order.atRecordedSpeed()) {
                Duration due = Duration.between(jobs.get(0).submittedAt(), job.submittedAt());
                TimeUnit.NANOSECONDS.sleep(start + due.toNanos() - System.nanoTime());
            }
            submit(spooler, order.printer(), job.ticket(), document);
            submitted++;
            progress.at("jobs submitted", submitted);
        }
        Map<JobState, Integer> states = awaitEnd(spooler, order.printer());
        return new ReplayResult(jobs.size(), withoutDocument, states, Duration.ofNanos(System.nanoTime() - start));
    }

    /** Copies the print data to the temporary server; null when it has been deleted. */
    private @Nullable StoredDocument copy(Spooler spooler, StoredDocument document) throws IOException {
        InputStream bytes;
        try {
            bytes = history.documents().open(document);
        } catch (NoSuchFileException e) {
            return null;
        }
        StoredDocument copy = StreamConverters.fromInputStream(() -> bytes)
                .runWith(spooler.documents().store(), history.system())
                .toCompletableFuture()
                .join();
        if (!copy.sha256().equals(document.sha256())) {
            throw new IOException("The print data %s is not as it was submitted; ./platen journal verify says more"
                    .formatted(document.id()));
        }
        return copy;
    }

    private void submit(Spooler spooler, PrinterId printer, JobTicket recorded, StoredDocument document)
            throws IOException, InterruptedException {
        var ticket = new JobTicket(
                recorded.name(),
                document,
                recorded.contentType(),
                recorded.copies(),
                recorded.priority(),
                null,
                null,
                null,
                null,
                recorded.labels(),
                null);
        while (!ask(spooler, printer, new Request.Submit(ticket, false))) {
            TimeUnit.MILLISECONDS.sleep(SUBMIT_AGAIN_AFTER.toMillis());
        }
    }

    /** Returns false when the queue is full; any other refusal is an error. */
    private static boolean ask(Spooler spooler, PrinterId printer, Request request) throws IOException {
        Reply reply = spooler.ask(printer, request).toCompletableFuture().join();
        Refusal refusal = reply.fold(done -> null, Reply.Refused::why);
        if (refusal != null && refusal != Refusal.QUEUE_FULL) {
            throw new IOException("The temporary server refused: " + reply.fold(done -> "", Reply.Refused::detail));
        }
        return refusal == null;
    }

    private Map<JobState, Integer> awaitEnd(Spooler spooler, PrinterId printer) throws InterruptedException {
        while (true) {
            PrinterStatus status = spooler.board().find(printer).orElseThrow();
            var counts = status.queue().jobs().counts();
            progress.at("jobs ended", status.queue().lastJob() - counts.active());
            if (counts.pending() + counts.processing() == 0 || status.queue().stoppedOn() != null) {
                var states = new EnumMap<JobState, Integer>(JobState.class);
                for (PrintJob job : status.queue().jobs().all()) {
                    states.merge(job.state(), 1, Integer::sum);
                }
                return states;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
    }
}
