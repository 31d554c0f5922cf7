package io.platen.api.http;

import akka.Done;
import io.platen.spooler.StatusBoard;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Those who wait for the end of a job ({@code Prefer: wait}, RFC 7240, section 4.3). */
final class JobWaits {
    private final StatusBoard board;
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();

    /** One of them. */
    private static final class Wait {
        final JobRef job;
        final CompletableFuture<Done> over = new CompletableFuture<>();

        Wait(JobRef job) {
            this.job = job;
        }
    }

    JobWaits(StatusBoard board) {
        this.board = board;
        board.listen(this::published);
    }

    /** Completes when the job has ended, is not kept any more, or the time is up. Name an executor. */
    CompletionStage<Done> ended(JobRef job, Duration patience) {
        var wait = new Wait(job);
        waits.add(wait);
        // Only now: it may have ended before anybody listened.
        if (isOver(job)) {
            wait.over.complete(Done.getInstance());
        }
        return wait.over
                .completeOnTimeout(Done.getInstance(), patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenCompleteAsync((done, failure) -> waits.remove(wait), Runnable::run);
    }

    private boolean isOver(JobRef ref) {
        return board.find(ref.printer())
                .flatMap(printer -> printer.queue().jobs().find(ref.job()))
                .map(job -> job.state().isFinished())
                .orElse(true);
    }

    private void published(PrinterId printer, QueueState state, List<PrinterEvent> events) {
        for (Wait wait : waits) {
            if (wait.job.printer().equals(printer)
                    && state.jobs()
                            .find(wait.job.job())
                            .filter(JobWaits::isUnfinished)
                            .isEmpty()) {
                wait.over.complete(Done.getInstance());
            }
        }
    }

    private static boolean isUnfinished(PrintJob job) {
        return !job.state().isFinished();
    }
}
