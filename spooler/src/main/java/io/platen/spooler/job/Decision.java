package io.platen.spooler.job;

import java.util.List;
import java.util.function.Function;

/**
 * The events that follow from a request, and its reply.
 *
 * @param reply makes the reply from the state after the events
 */
public record Decision(List<PrinterEvent> events, Function<QueueState, Reply> reply) {

    static Decision refuse(Refusal why, String detail) {
        return new Decision(List.of(), state -> new Reply.Refused(why, detail));
    }

    static Decision printer(boolean fresh, PrinterEvent... events) {
        return new Decision(List.of(events), state -> new Reply.Done(null, fresh));
    }

    static Decision job(int number, boolean fresh, PrinterEvent... events) {
        return new Decision(
                List.of(events),
                state -> new Reply.Done(state.jobs().find(number).orElse(null), fresh));
    }
}
