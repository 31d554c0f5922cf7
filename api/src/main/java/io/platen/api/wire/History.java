package io.platen.api.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.Recorded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job's history as clients see it: each event with its place in the printer's stream.
 *
 * @param next the sequence number behind which the next page begins; null on the last one
 */
public record History(List<ObjectNode> events, @Nullable String next) {

    /** Of these events, oldest first, so many of them. */
    public static History of(List<Recorded> recorded, int limit) {
        var events = recorded.stream()
                .limit(limit)
                .map(one -> CallbackUrl.shownIn(Json.object(PrinterEvent.class, one.event()))
                        .put("sequence", one.sequence()))
                .toList();
        String next =
                recorded.size() > limit ? Long.toString(recorded.get(limit - 1).sequence()) : null;
        return new History(events, next);
    }
}
