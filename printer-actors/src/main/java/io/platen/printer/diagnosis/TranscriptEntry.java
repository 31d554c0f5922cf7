package io.platen.printer.diagnosis;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One thing that one end did.
 *
 * @param at seconds since the attempt began, as {@code +0.000123s}
 * @param side which end did it
 * @param event what it did: {@code resolved}, {@code syn}, {@code connected}, {@code data}, {@code stall},
 *     {@code reply}, {@code fin}, {@code rst}, {@code close}…
 * @param bytes how many bytes moved, or null
 * @param note the rest, in words
 */
public record TranscriptEntry(
        String at,
        Side side,
        String event,
        @Nullable Long bytes,
        @Nullable String note) {

    /** An end of the connection, or the network between the ends. */
    public enum Side {
        US,
        PRINTER,
        NETWORK;

        /** The stored and shown name. */
        @JsonValue
        public String keyword() {
            return Keywords.of(this);
        }
    }
}
