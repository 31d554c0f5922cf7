package io.platen.api.cli;

import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.spooler.StatusBoard;
import io.platen.spooler.job.EndOfJob;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.AttemptDelivered;
import io.platen.spooler.job.PrinterEvent.AttemptFailed;
import io.platen.spooler.job.PrinterEvent.AttemptStarted;
import io.platen.spooler.job.PrinterEvent.JobSubmitted;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.SomeEvents;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Prints one line per job event, and on a terminal a progress bar below them. */
final class DemoProgress implements StatusBoard.Listener {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
    private static final int BAR = 40;

    private final int total;
    private final CountDownLatch left;

    DemoProgress(int total) {
        this.total = total;
        this.left = new CountDownLatch(total);
    }

    @Override
    public synchronized void published(PrinterId printer, QueueState state, List<PrinterEvent> events) {
        for (PrinterEvent event : events) {
            event.aboutAJob()
                    .ifPresent(about -> line("%s  %s job %-3d %s"
                            .formatted(TIME.format(event.at()), printer, about.job(), event.accept(new Phrases()))));
            if (EndOfJob.isIn(event)) {
                left.countDown();
            }
        }
        bar();
    }

    /** Waits until every job has ended. */
    boolean await(long seconds) {
        try {
            boolean ended = left.await(seconds, TimeUnit.SECONDS);
            if (Terminal.isInteractive()) {
                Terminal.OUT.println();
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static final class Phrases extends SomeEvents<String> {
        @Override
        public String jobSubmitted(JobSubmitted event) {
            return "accepted, %,d bytes on disk"
                    .formatted(event.ticket().document().size());
        }

        @Override
        public String attemptStarted(AttemptStarted event) {
            return "attempt " + event.attempt();
        }

        @Override
        public String attemptDelivered(AttemptDelivered event) {
            return "completed, %s".formatted(event.rung().keyword());
        }

        @Override
        public String attemptFailed(AttemptFailed event) {
            DeliveryFailure failure = event.failure();
            return "%s: %s %s"
                    .formatted(
                            failure.cause().keyword(),
                            failure.message(),
                            event.verdict().next());
        }

        @Override
        protected String other(PrinterEvent event) {
            return event.getClass().getSimpleName();
        }
    }

    private static void line(String text) {
        if (Terminal.isInteractive()) {
            Terminal.BAR.print("\r\u001b[K");
        }
        Terminal.OUT.println(text);
    }

    private void bar() {
        if (Terminal.isInteractive()) {
            int done = total - (int) left.getCount();
            int full = total == 0 ? BAR : done * BAR / total;
            Terminal.BAR.print("\r\u001b[K[" + "#".repeat(full) + ".".repeat(BAR - full) + "] " + done + "/" + total);
            Terminal.OUT.flush();
        }
    }
}
