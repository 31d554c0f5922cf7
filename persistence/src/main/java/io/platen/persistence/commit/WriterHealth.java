package io.platen.persistence.commit;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How a store's writer is. Safe to ask from any thread. */
public interface WriterHealth {

    /** What was done so far. */
    CommitMetrics metrics();

    /** How many writes wait now. */
    int waiting();

    /** Why nothing is taken now; null when all is well. */
    @Nullable
    IOException trouble();
}
