package io.platen.persistence;

import java.io.IOException;
import java.util.Locale;

/** The disk is full, or has only the reserve left, which is kept for jobs already accepted. */
public final class StoreFullException extends IOException {
    public StoreFullException(String message) {
        super(message);
    }

    private StoreFullException(IOException cause) {
        super("The disk of the data directory is full", cause);
    }

    /** A {@code StoreFullException} when the failure means a full disk or a used-up quota; else the failure itself. */
    public static IOException named(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("quota exceeded")
                ? new StoreFullException(failure)
                : failure;
    }
}
