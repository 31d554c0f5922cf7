package io.platen.spooler.queue;

import akka.actor.typed.ActorRef;
import io.platen.printer.AttemptId;
import io.platen.printer.Brief;
import io.platen.printer.connection.PrintData;
import io.platen.printer.connection.PrinterConnection;
import io.platen.printer.language.Labels;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.LastSeen;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.AttemptCanceled;
import io.platen.spooler.job.PrinterEvent.AttemptDelivered;
import io.platen.spooler.job.PrinterEvent.AttemptFailed;
import io.platen.spooler.job.PrinterEvent.AttemptStarted;
import io.platen.spooler.job.PrinterEvent.FailureDiscarded;
import io.platen.spooler.job.PrinterEvent.FailureResubmitted;
import io.platen.spooler.job.PrinterEvent.HistoryExpired;
import io.platen.spooler.job.PrinterEvent.JobCanceled;
import io.platen.spooler.job.PrinterEvent.JobHeld;
import io.platen.spooler.job.PrinterEvent.JobMoveAborted;
import io.platen.spooler.job.PrinterEvent.JobMoveStarted;
import io.platen.spooler.job.PrinterEvent.JobMoved;
import io.platen.spooler.job.PrinterEvent.JobQuarantined;
import io.platen.spooler.job.PrinterEvent.JobReleased;
import io.platen.spooler.job.PrinterEvent.JobSubmitted;
import io.platen.spooler.job.PrinterEvent.JudgementReopened;
import io.platen.spooler.job.PrinterEvent.PrinterConfigured;
import io.platen.spooler.job.PrinterEvent.PrinterPaused;
import io.platen.spooler.job.PrinterEvent.PrinterRemoved;
import io.platen.spooler.job.PrinterEvent.PrinterResumed;
import io.platen.spooler.job.PrinterEvent.PrinterSaidWell;
import io.platen.spooler.job.PrinterEvent.QueueRestarted;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;
import java.util.function.Function;

/** Carries out what follows from a stored event: for the connection, failure storage and the entity. */
final class QueueEffects {
    private final PrinterId id;
    private final Function<JobTicket, PrintData> printData;
    private final Filing filing;
    private final QueueConnection connection;
    private final ActorRef<PrinterEntity.Command> entity;

    /**
     * @param printData returns the bytes of a job for its printer
     */
    QueueEffects(
            PrinterId id,
            Function<JobTicket, PrintData> printData,
            Filing filing,
            QueueConnection connection,
            ActorRef<PrinterEntity.Command> entity) {
        this.id = id;
        this.printData = printData;
        this.filing = filing;
        this.connection = connection;
        this.entity = entity;
    }

    /**
     * Carries out what follows from an event.
     *
     * @param before the state before the write of which the event is a part
     * @param after the state after that write
     */
    void follow(QueueState before, QueueState after, PrinterEvent event) {
        event.accept(new Following(before, after)).run();
    }

    private final class Following implements PrinterEvent.Visitor<Runnable> {
        private final QueueState before;
        private final QueueState after;

        Following(QueueState before, QueueState after) {
            this.before = before;
            this.after = after;
        }

        @Override
        public Runnable printerConfigured(PrinterConfigured event) {
            return () -> {
                // The queue did this before storing, too, but the same write may have removed the printer first.
                connection.outdated();
                connection.retire();
            };
        }

        @Override
        public Runnable printerRemoved(PrinterRemoved event) {
            return () -> {
                connection.forget();
                entity.tell(new PrinterEntity.CloseConnection());
                before.jobs().quarantined().forEach(job -> filing.takenOut(id, job.number()));
            };
        }

        @Override
        public Runnable jobCanceled(JobCanceled event) {
            AttemptId attempt = before.underWay();
            return attempt != null && attempt.job() == event.job()
                    ? () -> connection.cancel(attempt)
                    : QueueEffects::nothing;
        }

        @Override
        public Runnable attemptStarted(AttemptStarted event) {
            return after.jobs()
                    .find(event.job())
                    .<Runnable>map(job -> () -> send(event, job, after.seen()))
                    .orElse(QueueEffects::nothing);
        }

        @Override
        public Runnable attemptFailed(AttemptFailed event) {
            return fileIfCondemned(event.job());
        }

        @Override
        public Runnable judgementReopened(JudgementReopened event) {
            return fileIfCondemned(event.job());
        }

        @Override
        public Runnable jobQuarantined(JobQuarantined event) {
            return fileIfCondemned(event.job());
        }

        private Runnable fileIfCondemned(int number) {
            boolean wasThere =
                    before.jobs().find(number).filter(PrintJob::isQuarantined).isPresent();
            return after.jobs()
                    .find(number)
                    .filter(job -> job.isQuarantined() && !wasThere)
                    .<Runnable>map(job -> () -> filing.condemned(id, job))
                    .orElse(QueueEffects::nothing);
        }

        @Override
        public Runnable failureResubmitted(FailureResubmitted event) {
            return () -> filing.takenOut(id, event.job());
        }

        @Override
        public Runnable failureDiscarded(FailureDiscarded event) {
            return () -> filing.takenOut(id, event.job());
        }

        @Override
        public Runnable printerPaused(PrinterPaused event) {
            return QueueEffects::nothing;
        }

        @Override
        public Runnable printerResumed(PrinterResumed event) {
            return QueueEffects::nothing;
        }

        @Override
        public Runnable jobSubmitted(JobSubmitted event) {
            return QueueEffects::nothing;
        }

        @Override
        public Runnable jobHeld(JobHeld event) {
            return QueueEffects::nothing;
        }

        @Override
        public Runnable jobReleased(JobReleased event) {
            return QueueEffects::nothing;
        }

        @Override
        public Runnable attemptDelivered(AttemptDelivered event) {
            return QueueEffects::nothing;
        }

        @Override
        public Runnable attemptCanceled(AttemptCanceled event) {
            return QueueEffects::nothing;
        }

        @Override
        public Runnable printerSaidWell(PrinterSaidWell event) {
            return QueueEffects::nothing;
        }

        @Override
        public Runnable queueRestarted(QueueRestarted event) {
            return QueueEffects::nothing;
        }

        @Override
        public Runnable jobMoveStarted(JobMoveStarted event) {
            return QueueEffects::nothing;
        }

        @Override
        public Runnable jobMoveAborted(JobMoveAborted event) {
            return QueueEffects::nothing;
        }

        @Override
        public Runnable jobMoved(JobMoved event) {
            return QueueEffects::nothing;
        }

        @Override
        public Runnable historyExpired(HistoryExpired event) {
            return QueueEffects::nothing;
        }
    }

    private static void nothing() {}

    private void send(AttemptStarted started, PrintJob job, LastSeen seen) {
        JobTicket ticket = job.ticket();
        connection.deliver(new PrinterConnection.Deliver(
                new AttemptId(started.job(), started.attempt()),
                printData.apply(ticket),
                ticket.totalBytes(),
                brief(job, seen)));
    }

    private static Brief brief(PrintJob job, LastSeen seen) {
        Labels labels = job.ticket().labels();
        long owed = labels == null
                ? 0
                : (long) labels.statusQueries() * job.ticket().copies();
        return new Brief(
                seen.partialFormat(),
                job.isFormatIncomplete(),
                job.hasFormats(),
                (int) Math.min(Integer.MAX_VALUE, owed),
                seen.answersStatus(),
                seen.endings().manners(job.number()));
    }
}
