package io.platen.spooler.job;

/**
 * A visitor that handles only some types of events. All others, future types too, are treated alike. Where forgetting a new
 * type would be a mistake, implement {@link PrinterEvent.Visitor} instead.
 */
public abstract class SomeEvents<R> implements PrinterEvent.Visitor<R> {

    /** Handles the events whose methods are not overridden. */
    protected abstract R other(PrinterEvent event);

    @Override
    public R printerConfigured(PrinterEvent.PrinterConfigured event) {
        return other(event);
    }

    @Override
    public R printerRemoved(PrinterEvent.PrinterRemoved event) {
        return other(event);
    }

    @Override
    public R printerPaused(PrinterEvent.PrinterPaused event) {
        return other(event);
    }

    @Override
    public R printerResumed(PrinterEvent.PrinterResumed event) {
        return other(event);
    }

    @Override
    public R jobSubmitted(PrinterEvent.JobSubmitted event) {
        return other(event);
    }

    @Override
    public R jobHeld(PrinterEvent.JobHeld event) {
        return other(event);
    }

    @Override
    public R jobReleased(PrinterEvent.JobReleased event) {
        return other(event);
    }

    @Override
    public R jobCanceled(PrinterEvent.JobCanceled event) {
        return other(event);
    }

    @Override
    public R attemptStarted(PrinterEvent.AttemptStarted event) {
        return other(event);
    }

    @Override
    public R attemptDelivered(PrinterEvent.AttemptDelivered event) {
        return other(event);
    }

    @Override
    public R attemptFailed(PrinterEvent.AttemptFailed event) {
        return other(event);
    }

    @Override
    public R attemptCanceled(PrinterEvent.AttemptCanceled event) {
        return other(event);
    }

    @Override
    public R judgementReopened(PrinterEvent.JudgementReopened event) {
        return other(event);
    }

    @Override
    public R printerSaidWell(PrinterEvent.PrinterSaidWell event) {
        return other(event);
    }

    @Override
    public R queueRestarted(PrinterEvent.QueueRestarted event) {
        return other(event);
    }

    @Override
    public R jobQuarantined(PrinterEvent.JobQuarantined event) {
        return other(event);
    }

    @Override
    public R failureResubmitted(PrinterEvent.FailureResubmitted event) {
        return other(event);
    }

    @Override
    public R failureDiscarded(PrinterEvent.FailureDiscarded event) {
        return other(event);
    }

    @Override
    public R jobMoveStarted(PrinterEvent.JobMoveStarted event) {
        return other(event);
    }

    @Override
    public R jobMoveAborted(PrinterEvent.JobMoveAborted event) {
        return other(event);
    }

    @Override
    public R jobMoved(PrinterEvent.JobMoved event) {
        return other(event);
    }

    @Override
    public R historyExpired(PrinterEvent.HistoryExpired event) {
        return other(event);
    }
}
