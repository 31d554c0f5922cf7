package io.platen.persistence;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A store accepts nothing now: it is overloaded or closed, or its files are being verified after a failure. */
public final class StoreUnavailableException extends IOException {
    public StoreUnavailableException(String message) {
        super(message);
    }

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
