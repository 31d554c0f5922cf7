package io.platen.spooler.upkeep;

import io.platen.spooler.upkeep.FailureFormat.Moment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folders of one printer that are to be made or removed, one at a time, first come first served. A folder that fails goes to
 * the end, so that it does not delay the others. The pause after a failure grows with each failure in a row. Not thread-safe.
 */
final class FolderLane {
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /**
     * A folder to be made or removed.
     *
     * @param moment taken when the job was condemned; null when there is none
     */
    record Task(int job, @Nullable Moment moment) {}

    private final Map<Integer, Optional<Moment>> waiting = new LinkedHashMap<>();
    private int failuresInARow;

    /** Adds a folder. An earlier moment of it is kept. */
    void add(int job, @Nullable Moment moment) {
        waiting.merge(job, Optional.ofNullable(moment), (old, next) -> old.or(() -> next));
    }

    /** Takes the next folder, if any waits. The same folder may be added again after that. */
    Optional<Task> take() {
        var first = waiting.keySet().stream().findFirst();
        return first.map(
                job -> new Task(job, Objects.requireNonNull(waiting.remove(job)).orElse(null)));
    }

    /** The taken folder was made or removed. */
    void done() {
        failuresInARow = 0;
    }

    /** The taken folder could not be made or removed. Returns the pause before the next one. */
    Duration failed(Task task) {
        add(task.job(), task.moment());
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failuresInARow, 10));
        failuresInARow++;
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Whether the last folder has failed. */
    boolean isFailing() {
        return failuresInARow > 0;
    }
}
