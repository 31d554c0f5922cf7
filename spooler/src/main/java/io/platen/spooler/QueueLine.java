package io.platen.spooler;

import akka.actor.typed.ActorRef;
import io.platen.printer.AttemptId;
import io.platen.printer.connection.PrinterConnection;
import io.platen.spooler.PrintQueue.LineOpened;
import io.platen.spooler.PrintQueue.LineSaid;
import io.platen.spooler.job.PrinterProfile;
import org.jspecify.annotations.Nullable;

/** What a queue knows of its line as it is now. Nothing of it is stored. */
final class QueueLine {
    private @Nullable ActorRef<PrinterConnection.Command> ref;
    private int number;
    private long signalsBefore;
    private boolean ready;
    private boolean reportAwaited;
    private boolean outdated;
    private boolean asked;

    /** There is none, or it is not known yet. */
    void forget() {
        ref = null;
        ready = false;
        outdated = false;
        asked = false;
    }

    /** There is one; a queue that was restarted asks it how it stands. */
    void opened(LineOpened opened, @Nullable PrinterProfile wanted) {
        ref = opened.line();
        number = opened.number();
        signalsBefore = opened.signals();
        ready = false;
        outdated = !opened.profile().equals(wanted);
        reportAwaited = !opened.fresh();
        if (reportAwaited) {
            askForReport();
        }
    }

    /** Asks how the line stands: what else it says until it answers, the answer will contain. */
    void askForReport() {
        reportAwaited = true;
        ready = false;
        tell(new PrinterConnection.Report());
    }

    /** The line's settings are not the printer's any more: an attempt that stands still ends. */
    void retire() {
        tell(new PrinterConnection.Retire());
    }

    /** Whether this comes from the line as it is now. */
    boolean isNews(LineSaid said) {
        return ref != null && said.line() == number && said.number() > signalsBefore;
    }

    /** Whether it was asked how it stands, and has not answered: what else it says, the answer will contain. */
    boolean isReportAwaited() {
        return reportAwaited;
    }

    void reported(boolean isReady) {
        reportAwaited = false;
        ready = isReady;
    }

    /** Whether a document can come at once. */
    void ready(boolean isReady) {
        ready = isReady;
    }

    /** The printer was asked how it is, and nothing was sent since. */
    void asked(boolean wasAsked) {
        asked = wasAsked;
    }

    boolean wasAsked() {
        return asked;
    }

    /** It was opened with a profile that is not the printer's any more. */
    void outdated() {
        outdated = true;
    }

    boolean isOutdated() {
        return outdated;
    }

    boolean mayStart() {
        return ready && ref != null && !reportAwaited && !outdated;
    }

    void deliver(PrinterConnection.Deliver delivery) {
        tell(delivery);
    }

    void cancel(AttemptId attempt) {
        tell(new PrinterConnection.Cancel(attempt));
    }

    /** Asks the printer how it is, if a line is ready; then it is not, until the answer. */
    void probe() {
        if (ready && ref != null) {
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
