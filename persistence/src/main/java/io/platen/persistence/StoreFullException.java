package io.platen.persistence;

import java.io.IOException;
import java.util.Locale;

/** The disk is full, or so nearly full that only jobs already accepted may use the rest. */
public final class StoreFullException extends IOException {
    public StoreFullException(String message) {
        super(message);
    }

    private StoreFullException(IOException cause) {
        super("The disk of the data directory is full", cause);
    }

    /** The same failure, by its name where it means a full disk or a used-up quota. */
    public static IOException named(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("quota exceeded")
                ? new StoreFullException(failure)
                : failure;
    }
}
