package io.platen.api.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platen.spooler.Spooler.Recorded;
import io.platen.spooler.job.PrinterEvent;
import java.util.List;

/** A job's history as clients see it: each event with its place in the printer's stream. */
public record History(List<ObjectNode> events) {

    /** Of these events, oldest first. */
    public static History of(List<Recorded> recorded) {
        return new History(recorded.stream()
                .map(one -> Json.object(PrinterEvent.class, one.event()).put("sequence", one.sequence()))
                .toList());
    }
}
