package io.platen.api.cli;

import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.spooler.StatusBoard;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.AttemptDelivered;
import io.platen.spooler.job.PrinterEvent.AttemptFailed;
import io.platen.spooler.job.PrinterEvent.AttemptStarted;
import io.platen.spooler.job.PrinterEvent.JobEvent;
import io.platen.spooler.job.PrinterEvent.JobSubmitted;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Verdict;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A line per job event, and on a terminal a bar below them. */
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
            if (event instanceof JobEvent about) {
                line("%s  %s job %-3d %s".formatted(TIME.format(event.at()), printer, about.job(), words(event)));
                if (event instanceof AttemptDelivered
                        || (event instanceof AttemptFailed failed && failed.verdict() == Verdict.POISONED)) {
                    left.countDown();
                }
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

    private static String words(PrinterEvent event) {
        if (event instanceof JobSubmitted submitted) {
            return "accepted, %,d bytes on disk"
                    .formatted(submitted.ticket().document().size());
        } else if (event instanceof AttemptStarted started) {
            return "attempt " + started.attempt();
        } else if (event instanceof AttemptDelivered delivered) {
            return "completed, %s".formatted(delivered.rung().keyword());
        } else if (event instanceof AttemptFailed failed) {
            DeliveryFailure failure = failed.failure();
            return "%s: %s %s"
                    .formatted(
                            failure.cause().keyword(),
                            failure.message(),
                            failed.verdict().next());
        }
        return event.getClass().getSimpleName();
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
