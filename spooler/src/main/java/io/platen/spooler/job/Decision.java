package io.platen.spooler.job;

import java.util.List;
import java.util.function.Function;

/**
 * What a request leads to.
 *
 * @param reply from the state after the events
 */
public record Decision(List<PrinterEvent> events, Function<QueueState, Reply> reply) {

    /** The same decision; its events say who asked. */
    Decision by(String who) {
        return new Decision(events.stream().map(event -> event.doneBy(who)).toList(), reply);
    }

    static Decision refuse(Refusal why, String detail) {
        return new Decision(List.of(), state -> new Reply.Refused(why, detail));
    }

    /** A decision about the printer. */
    static Decision printer(boolean fresh, PrinterEvent... events) {
        return new Decision(List.of(events), state -> new Reply.Done(null, fresh));
    }

    /** A decision about a job. */
    static Decision job(int number, boolean fresh, PrinterEvent... events) {
        return new Decision(
                List.of(events),
                state -> new Reply.Done(state.jobs().find(number).orElse(null), fresh));
    }
}
