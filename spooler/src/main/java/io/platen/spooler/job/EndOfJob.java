package io.platen.spooler.job;

/**
 * Says which events end their job. A job that is judged again or leaves failure storage has ended before. The removal of a
 * printer ends all its jobs, without an event for each.
 */
public final class EndOfJob implements PrinterEvent.Visitor<Boolean> {
    private static final EndOfJob VISITOR = new EndOfJob();

    private EndOfJob() {}

    public static boolean isIn(PrinterEvent event) {
        return event.accept(VISITOR);
    }

    @Override
    public Boolean printerConfigured(PrinterEvent.PrinterConfigured event) {
        return false;
    }

    @Override
    public Boolean printerRemoved(PrinterEvent.PrinterRemoved event) {
        return false;
    }

    @Override
    public Boolean printerPaused(PrinterEvent.PrinterPaused event) {
        return false;
    }

    @Override
    public Boolean printerResumed(PrinterEvent.PrinterResumed event) {
        return false;
    }

    @Override
    public Boolean jobSubmitted(PrinterEvent.JobSubmitted event) {
        return false;
    }

    @Override
    public Boolean jobHeld(PrinterEvent.JobHeld event) {
        return false;
    }

    @Override
    public Boolean jobReleased(PrinterEvent.JobReleased event) {
        return false;
    }

    @Override
    public Boolean jobCanceled(PrinterEvent.JobCanceled event) {
        return true;
    }

    @Override
    public Boolean attemptStarted(PrinterEvent.AttemptStarted event) {
        return false;
    }

    @Override
    public Boolean attemptDelivered(PrinterEvent.AttemptDelivered event) {
        return true;
    }

    @Override
    public Boolean attemptFailed(PrinterEvent.AttemptFailed event) {
        return event.verdict() == Verdict.POISONED;
    }

    @Override
    public Boolean attemptCanceled(PrinterEvent.AttemptCanceled event) {
        return false;
    }

    @Override
    public Boolean judgementReopened(PrinterEvent.JudgementReopened event) {
        return false;
    }

    @Override
    public Boolean printerSaidWell(PrinterEvent.PrinterSaidWell event) {
        return false;
    }

    @Override
    public Boolean queueRestarted(PrinterEvent.QueueRestarted event) {
        return false;
    }

    @Override
    public Boolean jobQuarantined(PrinterEvent.JobQuarantined event) {
        return true;
    }

    @Override
    public Boolean failureResubmitted(PrinterEvent.FailureResubmitted event) {
        return false;
    }

    @Override
    public Boolean failureDiscarded(PrinterEvent.FailureDiscarded event) {
        return false;
    }

    @Override
    public Boolean jobMoveStarted(PrinterEvent.JobMoveStarted event) {
        return false;
    }

    @Override
    public Boolean jobMoveAborted(PrinterEvent.JobMoveAborted event) {
        return false;
    }

    @Override
    public Boolean jobMoved(PrinterEvent.JobMoved event) {
        return true;
    }

    @Override
    public Boolean historyExpired(PrinterEvent.HistoryExpired event) {
        return false;
    }
}
