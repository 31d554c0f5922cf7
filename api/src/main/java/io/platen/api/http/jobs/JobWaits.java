package io.platen.api.http.jobs;

import akka.Done;
import io.platen.spooler.StatusBoard;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The clients that wait for the end of a job ({@code Prefer: wait}, RFC 7240, section 4.3). */
final class JobWaits {
    private final Predicate<JobRef> isOver;

    /** By job, so that an event of one job looks only at the clients that wait for this job. */
    private final Map<JobRef, Set<Wait>> waits = new ConcurrentHashMap<>();

    private static final class Wait {
        final CompletableFuture<Done> over = new CompletableFuture<>();
    }

    /** {@code isOver} says whether a job has ended or is no longer kept. */
    JobWaits(Predicate<JobRef> isOver) {
        this.isOver = isOver;
    }

    static JobWaits on(StatusBoard board) {
        var waits = new JobWaits(ref -> board.find(ref.printer())
                .flatMap(printer -> printer.queue().jobs().find(ref.job()))
                .map(job -> job.state().isFinished())
                .orElse(true));
        board.listen(waits::published);
        return waits;
    }

    /** Completes when the job has ended, is no longer kept, or the time is up. Name an executor for the next stage. */
    CompletionStage<Done> ended(JobRef job, Duration patience) {
        var wait = new Wait();
        waits.compute(job, (same, others) -> {
            Set<Wait> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(wait);
            return all;
        });
        // Checked after the wait is registered, because the job may have ended just before.
        if (isOver.test(job)) {
            wait.over.complete(Done.getInstance());
        }
        return wait.over
                .completeOnTimeout(Done.getInstance(), patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenCompleteAsync((done, failure) -> remove(job, wait), Runnable::run);
    }

    private void remove(JobRef job, Wait wait) {
        waits.computeIfPresent(job, (same, all) -> {
            all.remove(wait);
            return all.isEmpty() ? null : all;
        });
    }

    /** How many jobs clients wait for. */
    int jobs() {
        return waits.size();
    }

    void published(PrinterId printer, QueueState state, List<PrinterEvent> events) {
        for (PrinterEvent event : events) {
            event.aboutAJob()
                    .ifPresentOrElse(
                            about -> endIfOver(new JobRef(printer, about.job()), state),
                            () -> endAllOver(printer, state));
        }
    }

    /** The printer or some of its old jobs may be gone. This is rare, so all waits of the printer are checked. */
    private void endAllOver(PrinterId printer, QueueState state) {
        waits.keySet().stream().filter(job -> job.printer().equals(printer)).forEach(job -> endIfOver(job, state));
    }

    private void endIfOver(JobRef job, QueueState state) {
        var waiting = waits.get(job);
        if (waiting != null
                && state.jobs()
                        .find(job.job())
                        .filter(kept -> !kept.state().isFinished())
                        .isEmpty()) {
            waiting.forEach(wait -> wait.over.complete(Done.getInstance()));
        }
    }
}
