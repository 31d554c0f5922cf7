package io.platen.spooler.queue;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.AttemptId;
import io.platen.printer.connection.ConnectionSignal;
import io.platen.printer.connection.ConnectionSignal.Ended;
import io.platen.printer.connection.ConnectionSignal.Probed;
import io.platen.printer.connection.ConnectionSignal.Ready;
import io.platen.printer.connection.ConnectionSignal.Reopened;
import io.platen.printer.connection.ConnectionSignal.Reported;
import io.platen.printer.connection.ConnectionSignal.StatusChanged;
import io.platen.spooler.job.LineReport;
import io.platen.spooler.job.QueueState;
import java.util.function.Predicate;

/** Turns a connection's signals into events to be stored, and updates what the queue knows about the connection. */
final class ConnectionNews {
    private final QueueConnection connection;
    private final Predicate<StoredDocument> printedElsewhere;

    /**
     * @param printedElsewhere whether another printer has printed a job of these bytes
     */
    ConnectionNews(QueueConnection connection, Predicate<StoredDocument> printedElsewhere) {
        this.connection = connection;
        this.printedElsewhere = printedElsewhere;
    }

    /** Adds the events that follow from a signal. A probe may also allow an attempt, whose start is then added. */
    void hear(ConnectionSignal signal, QueueWork work) {
        signal.to(new ConnectionSignal.Handler() {
            @Override
            public void onReady(Ready ready) {
                connection.saidReady(work.state().underWay() != null);
            }

            @Override
            public void onEnded(Ended ended) {
                ended(ended, work);
                connection.ended(ended.ready());
            }

            @Override
            public void onReopened(Reopened reopened) {
                reopened(reopened, work);
            }

            @Override
            public void onProbed(Probed probed) {
                if (!connection.isReportAwaited()) {
                    probed(probed, work);
                }
            }

            @Override
            public void onReported(Reported report) {
                if (connection.isReportAwaited()) {
                    catchUp(report, work);
                }
            }

            /** {@link PrinterEntity} publishes the status. The queue does not use it. */
            @Override
            public void onStatusChanged(StatusChanged changed) {}
        });
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

    /** After a restart of the queue, learns what the connection has done during the restart. */
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
            // Only the next job after the stopped one can now show whether the printer is well.
            connection.start(work);
        }
    }
}
