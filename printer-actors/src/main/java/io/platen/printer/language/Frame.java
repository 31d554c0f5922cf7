package io.platen.printer.language;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a printer has said: a status frame, a line of text, or a byte that stands alone.
 *
 * @param text its bytes as ISO 8859-1 characters, at most {@value #MAX_TEXT} of them
 * @param status what it says of the device; never null for a status, and null for an event that names no condition
 */
public record Frame(Kind kind, String text, @Nullable DeviceStatus status) {
    /** How many characters a frame keeps. No language has longer frames. */
    public static final int MAX_TEXT = 512;

    /** What a frame means for the job that is under way. */
    public enum Kind {
        /** The state of the device, asked or unasked. */
        STATUS,
        /** Something happened, or the answer to a query that the document itself contains. */
        EVENT,
        /** An acknowledgement or flow control: ACK, XON, XOFF. */
        ACKNOWLEDGEMENT,
        /** The printer refuses the data, in words that its language or its settings know. */
        REFUSAL,
        /** Text that neither its language nor its settings know. */
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
