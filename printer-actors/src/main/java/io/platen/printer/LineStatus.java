package io.platen.printer;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.Keywords;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A printer's line as it is now, for whoever watches.
 *
 * @param nextAttemptAt when backing off: the earliest moment of the next try
 * @param away why the printer cannot be reached, while it cannot
 * @param stalledSince since when a healthy printer has taken no data, while it takes none
 */
public record LineStatus(
        State state,
        Instant since,
        @Nullable Instant nextAttemptAt,
        @Nullable String local,
        @Nullable String remote,
        @Nullable DeliveryFailure away,
        @Nullable Instant stalledSince) {

    /** Where the line is in its life. */
    public enum State {
        CLOSED,
        CONNECTING,
        OPEN,
        BACKING_OFF;

        /** The stored and shown name. */
        @JsonValue
        public String keyword() {
            return Keywords.of(this);
        }
    }

    /** A line that nobody has asked for yet. */
    public static LineStatus closed(Instant since) {
        return new LineStatus(State.CLOSED, since, null, null, null, null, null);
    }
}
