package io.platen.persistence;

import java.io.IOException;

/** Stored bytes are missing or differ from those that were written. The message names the place. */
public final class StoreDamagedException extends IOException {
    public StoreDamagedException(String message) {
        super(message);
    }

    public StoreDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
