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
 * What a queue knows of its connection now, and the only way in which it speaks to it. Nothing of it is stored: a queue that
 * was restarted asks the connection for a report.
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

    /** There is no connection, or the queue does not know of it yet. */
    void forget() {
        ref = null;
        ready = false;
        outdated = false;
        asked = false;
    }

    /** There is one. A queue that was restarted asks it how it stands. */
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

    /** Asks how the connection stands. The answer will contain whatever else it says until then. */
    void askForReport() {
        reportAwaited = true;
        ready = false;
        tell(new PrinterConnection.Report());
    }

    /** Its settings are not the printer's any more: an attempt that is stalled ends. */
    void retire() {
        tell(new PrinterConnection.Retire());
    }

    /** Whether the connection of now says this, and not one before it. */
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

    /** It is lost, and will say when it is ready again. */
    void lost() {
        ready = false;
    }

    /**
     * It says that a document can come. That may cross with a document on its way to it, or the connection may have died
     * over one: then only its report tells.
     */
    void saidReady(boolean attemptUnderWay) {
        if (reportAwaited || attemptUnderWay) {
            askForReport();
        } else {
            ready = true;
        }
    }

    /** The printer was asked how it is, and has answered or stayed silent. */
    void probed() {
        ready = true;
        asked = true;
    }

    /** The printer has another profile than the one with which the connection was opened. */
    void outdated() {
        outdated = true;
    }

    /** Whether it must be opened anew now: for another profile, but only between two attempts. */
    boolean mustReopen(QueueState state) {
        return outdated && state.profile() != null && state.underWay() == null;
    }

    /** Nothing more is started, also after a restart of the queue. */
    void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    boolean mayStart() {
        return ready && ref != null && !reportAwaited && !outdated && !draining;
    }

    /** Adds the start of the next attempt, if there is one to be made and it can be sent now. */
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

    /** Whether the printer must be asked how it is before the next attempt, which may condemn its job. */
    boolean mustAskBefore(QueueState state) {
        return !asked && state.suspect().isPresent();
    }

    /**
     * Asks the printer how it is, where the queue needs to know before it goes on or condemns a job, and the connection is
     * ready. Then it is not, before the answer.
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
