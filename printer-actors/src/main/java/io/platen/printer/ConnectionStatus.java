package io.platen.printer;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.Keywords;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a printer's connection as users see it.
 *
 * @param nextAttemptAt when backing off: the earliest moment of the next try
 * @param away why the printer cannot be reached; null when it can
 * @param stalledSince since when the printer has taken no data although it is alive; null while it takes data
 * @param unansweredSince since when it has left status queries unanswered although it has answered such queries before; null
 *     while it answers
 * @param lastContact when the printer last connected, took bytes, or spoke; null before that
 * @param device what the printer last said of itself; null when it has said nothing
 * @param leavesStatusUnanswered whether status queries were sent and it has never answered one
 * @param outtalksPatterns whether it sent more text than the patterns of its settings could search
 * @param sending the progress of the attempt under way; null before there is any
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
     * @param bytes updated about once a second
     */
    public record Sending(AttemptId attempt, ByteCounts bytes) {}

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

    /** The state of a printer to which no connection was made yet. */
    public static ConnectionStatus closed(Instant since) {
        return new ConnectionStatus(
                State.CLOSED, since, null, null, null, null, null, null, null, null, false, false, null);
    }
}
