package io.platen.spooler.queue;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.AttemptId;
import io.platen.printer.connection.PrinterConnection.Ended;
import io.platen.printer.connection.PrinterConnection.Probed;
import io.platen.printer.connection.PrinterConnection.Ready;
import io.platen.printer.connection.PrinterConnection.Reopened;
import io.platen.printer.connection.PrinterConnection.Reported;
import io.platen.printer.connection.PrinterConnection.Signal;
import io.platen.spooler.job.LineReport;
import io.platen.spooler.job.QueueState;
import java.util.function.Predicate;

/** What a connection's signals mean for its queue: events to be stored, and what is known of the connection. */
final class ConnectionNews {
    private final QueueConnection connection;
    private final Predicate<StoredDocument> printedElsewhere;

    /**
     * Of one connection.
     *
     * @param printedElsewhere whether another printer has taken a job of these bytes
     */
    ConnectionNews(QueueConnection connection, Predicate<StoredDocument> printedElsewhere) {
        this.connection = connection;
        this.printedElsewhere = printedElsewhere;
    }

    /** Adds the events that follow from a signal, and the attempt that only this signal allows. */
    void hear(Signal signal, QueueWork work) {
        if (signal instanceof Ended ended) {
            ended(ended, work);
            connection.ended(ended.ready());
        } else if (signal instanceof Reopened reopened) {
            reopened(reopened, work);
        } else if (signal instanceof Reported report && connection.isReportAwaited()) {
            catchUp(report, work);
        } else if (signal instanceof Ready) {
            connection.saidReady(work.state().underWay() != null);
        } else if (signal instanceof Probed probed && !connection.isReportAwaited()) {
            probed(probed, work);
        }
    }

    private void ended(Ended ended, QueueWork work) {
        work.add(LineReport.ended(work.state(), ended.attempt(), ended.result(), printedElsewhere, work.now()));
    }

    private void reopened(Reopened reopened, QueueWork work) {
        QueueState state = work.state();
        work.add(LineReport.reopened(state, reopened.attempt(), reopened.result(), printedElsewhere, work.now()));
        if (reopened.isLoss() && state.underWay() == null) {
            connection.lost();
        }
    }

    /** After a restart of the queue: what the connection has done meanwhile. */
    private void catchUp(Reported report, QueueWork work) {
        Ended last = report.lastEnd();
        if (last != null) {
            ended(last, work);
        }
        AttemptId busyWith = report.busyWith();
        if (busyWith == null) {
            work.add(LineReport.interrupted(work.state(), work.now()));
        } else if (!busyWith.equals(work.state().underWay())) {
            connection.cancel(busyWith);
        }
        connection.reported(report.ready());
    }

    private void probed(Probed probed, QueueWork work) {
        connection.probed();
        work.add(LineReport.reached(work.state(), probed.healthy(), work.now()));
        if (work.state().stoppedOn() != null) {
            // Only the job after the stopped one can show now whether the printer is well.
            connection.start(work);
        }
    }
}
