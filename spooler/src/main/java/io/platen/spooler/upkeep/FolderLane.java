package io.platen.spooler.upkeep;

import io.platen.spooler.upkeep.FailureFormat.Moment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folders of one printer that are to be looked after, one at a time, in the order in which they were named. One that fails
 * goes to the end, so that it does not hold the others; the pause after it grows with each failure in a row. Not thread-safe.
 */
final class FolderLane {
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /**
     * A folder to be looked after.
     *
     * @param moment what was taken when its job was condemned, if there is anything
     */
    record Task(int job, @Nullable Moment moment) {}

    private final Map<Integer, Optional<Moment>> waiting = new LinkedHashMap<>();
    private int failuresInARow;

    /** Names a folder. A moment that was taken for it before stays. */
    void add(int job, @Nullable Moment moment) {
        waiting.merge(job, Optional.ofNullable(moment), (old, next) -> old.or(() -> next));
    }

    /** Takes the folder whose turn it is, if any waits. What is named from now on waits again, this folder too. */
    Optional<Task> take() {
        var first = waiting.keySet().stream().findFirst();
        return first.map(
                job -> new Task(job, Objects.requireNonNull(waiting.remove(job)).orElse(null)));
    }

    /** The folder that was taken is as it should be. */
    void done() {
        failuresInARow = 0;
    }

    /** The folder that was taken could not be made or removed; how long to wait before the next one is tried. */
    Duration failed(Task task) {
        add(task.job(), task.moment());
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failuresInARow, 10));
        failuresInARow++;
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Whether the latest try has failed. */
    boolean isFailing() {
        return failuresInARow > 0;
    }
}
