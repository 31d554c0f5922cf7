package io.platen.printer;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.Keywords;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A printer's line as it is now, for whoever watches.
 *
 * @param nextAttemptAt when backing off: the earliest moment of the next try
 * @param away why the printer cannot be reached, while it cannot
 * @param stalledSince since when a printer that is alive has taken no data, while it takes none
 * @param unansweredSince since when it has left status queries unanswered that it answered before, while it does
 * @param lastContact when the printer was last heard of: a connection that stood, bytes taken, words; null before that
 * @param device what the printer last said of itself; null when it has said nothing
 * @param leavesStatusUnanswered whether status queries were sent and it has never answered one
 * @param outtalksPatterns whether it said more than the patterns of its settings could look through
 * @param sending the attempt under way, once it is known to have moved
 */
public record ConnectionStatus(
        State state,
        Instant since,
        @Nullable Instant nextAttemptAt,
        @Nullable String local,
        @Nullable String remote,
        @Nullable DeliveryFailure away,
        @Nullable Instant stalledSince,
        @Nullable Instant unansweredSince,
        @Nullable Instant lastContact,
        @Nullable DeviceReport device,
        boolean leavesStatusUnanswered,
        boolean outtalksPatterns,
        @Nullable Sending sending) {

    /**
     * How far the attempt under way has come.
     *
     * @param bytes as they were known last, about once a second
     */
    public record Sending(AttemptId attempt, ByteCounts bytes) {}

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
    public static ConnectionStatus closed(Instant since) {
        return new ConnectionStatus(
                State.CLOSED, since, null, null, null, null, null, null, null, null, false, false, null);
    }
}
