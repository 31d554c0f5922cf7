package io.platen.persistence.commit;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The state of a store's writer. Safe to ask from any thread. */
public interface WriterHealth {

    CommitMetrics metrics();

    int waiting();

    /** Why no writes are accepted now; null when they are. */
    @Nullable
    IOException trouble();
}
