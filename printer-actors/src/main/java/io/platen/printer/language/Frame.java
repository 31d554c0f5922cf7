package io.platen.printer.language;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a printer has said: a status frame, a line of text, a byte that stands alone.
 *
 * @param text its bytes as ISO 8859-1 characters, at most {@value #MAX_TEXT} of them
 * @param status what it says of the device: always there for a status; for an event where it names a condition
 */
public record Frame(Kind kind, String text, @Nullable DeviceStatus status) {
    /** How many characters a frame keeps; what is longer is no frame of any language. */
    public static final int MAX_TEXT = 512;

    /** What a frame means for the job that is under way. */
    public enum Kind {
        /** How the device is, asked or unasked. */
        STATUS,
        /** Something happened, or the answer to a query that the document itself contains. */
        EVENT,
        /** Bytes were taken, or are to wait: ACK, XON, XOFF. */
        ACKNOWLEDGEMENT,
        /** The printer rejects this data, in words that its language or its settings know. */
        REFUSAL,
        /** Text that nothing knows. */
        UNKNOWN;

        /** The stored and shown name. */
        @JsonValue
        public String keyword() {
            return Keywords.of(this);
        }
    }

    public Frame {
        text = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }

    static Frame status(String text, DeviceStatus status) {
        return new Frame(Kind.STATUS, text, status);
    }

    static Frame event(String text, @Nullable DeviceStatus status) {
        return new Frame(Kind.EVENT, text, status);
    }

    static Frame of(Kind kind, String text) {
        return new Frame(kind, text, null);
    }
}
