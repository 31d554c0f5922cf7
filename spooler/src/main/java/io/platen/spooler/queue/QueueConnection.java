package io.platen.spooler.queue;

import akka.actor.typed.ActorRef;
import io.platen.printer.AttemptId;
import io.platen.printer.connection.PrinterConnection;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.queue.PrintQueue.ConnectionOpened;
import io.platen.spooler.queue.PrintQueue.ConnectionSaid;
import org.jspecify.annotations.Nullable;

/**
 * What a queue knows about its connection, and the only place that sends messages to it. Nothing of this is stored: after a
 * restart the queue asks the connection for a report.
 */
final class QueueConnection {
    private @Nullable ActorRef<PrinterConnection.Command> ref;
    private int number;
    private long signalsBefore;
    private boolean ready;
    private boolean reportAwaited;
    private boolean outdated;
    private boolean asked;
    private boolean draining;

    /** The queue has no connection, or does not know of it yet. */
    void forget() {
        ref = null;
        ready = false;
        outdated = false;
        asked = false;
    }

    /** The queue has a connection. After a restart of the queue, asks for a report. */
    void opened(ConnectionOpened opened, @Nullable PrinterProfile wanted) {
        ref = opened.connection();
        number = opened.number();
        signalsBefore = opened.signals();
        ready = false;
        outdated = !opened.profile().equals(wanted);
        reportAwaited = !opened.fresh();
        if (reportAwaited) {
            askForReport();
            if (outdated) {
                retire();
            }
        }
    }

    /** Asks the connection for a report. The report also covers signals that it sends before. */
    void askForReport() {
        reportAwaited = true;
        ready = false;
        tell(new PrinterConnection.Report());
    }

    /** Tells the connection that its settings are outdated, so that it ends a stalled attempt. */
    void retire() {
        tell(new PrinterConnection.Retire());
    }

    /** Whether a signal is from the current connection and not stale. */
    boolean isNews(ConnectionSaid said) {
        return ref != null && said.connection() == number && said.number() > signalsBefore;
    }

    boolean isReportAwaited() {
        return reportAwaited;
    }

    void reported(boolean isReady) {
        reportAwaited = false;
        ready = isReady;
    }

    /** An attempt has ended. */
    void ended(boolean isReady) {
        ready = isReady;
    }

    /** The connection is lost. It will signal when it is ready again. */
    void lost() {
        ready = false;
    }

    /**
     * The connection signals that it can take a document. During an attempt that may mean that the signal crossed with a
     * document, or that the connection died of one: only a report can tell.
     */
    void saidReady(boolean attemptUnderWay) {
        if (reportAwaited || attemptUnderWay) {
            askForReport();
        } else {
            ready = true;
        }
    }

    /** The printer was probed, and has answered or stayed silent. */
    void probed() {
        ready = true;
        asked = true;
    }

    /** The connection was opened with an older profile of the printer. */
    void outdated() {
        outdated = true;
    }

    /** Whether the connection must be replaced now because of a new profile. Never during an attempt. */
    boolean mustReopen(QueueState state) {
        return outdated && state.profile() != null && state.underWay() == null;
    }

    /** Starts no more attempts, even after a restart of the queue. */
    void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    boolean mayStart() {
        return ready && ref != null && !reportAwaited && !outdated && !draining;
    }

    /** Adds the start of the next attempt, if there is one and the connection can take it now. */
    void start(QueueWork work) {
        if (mayStart() && work.start()) {
            ready = false;
            asked = false;
        }
    }

    void deliver(PrinterConnection.Deliver delivery) {
        tell(delivery);
    }

    void cancel(AttemptId attempt) {
        tell(new PrinterConnection.Cancel(attempt));
    }

    /** Whether the printer must be probed before the next attempt, which may condemn its job. */
    boolean mustAskBefore(QueueState state) {
        return !asked && state.suspect().isPresent();
    }

    /**
     * Probes the printer, if the queue needs that before it goes on or condemns a job, and the connection is ready. The
     * connection is then not ready until the answer.
     */
    void probeIfNeeded(QueueState state) {
        boolean maySend = ready && ref != null && !draining && !state.paused() && state.underWay() == null;
        if (maySend && (state.stoppedOn() != null || mustAskBefore(state))) {
            ready = false;
            tell(new PrinterConnection.Probe());
        }
    }

    private void tell(PrinterConnection.Command command) {
        if (ref != null) {
            ref.tell(command);
        }
    }
}
