package io.platen.api.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.Recorded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job's history as clients see it: each event with its sequence number in the printer's stream.
 *
 * @param next the last sequence number of this page; null if no page follows
 */
public record History(List<ObjectNode> events, @Nullable String next) {

    /** A page of at most {@code limit} events, oldest first. */
    public static History of(List<Recorded> recorded, int limit) {
        var events = recorded.stream()
                .limit(limit)
                .map(event -> CallbackUrl.shownIn(Json.object(PrinterEvent.class, event.event()))
                        .put("sequence", event.sequence()))
                .toList();
        String next =
                recorded.size() > limit ? Long.toString(recorded.get(limit - 1).sequence()) : null;
        return new History(events, next);
    }
}
