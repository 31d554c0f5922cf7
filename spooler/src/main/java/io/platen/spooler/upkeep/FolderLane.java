package io.platen.spooler.upkeep;

import io.platen.spooler.upkeep.FailureFormat.Moment;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
     * @param isNew whether the job has just been condemned: a folder that is there already is not its own
     * @param moment taken when the job was condemned; null when there is none
     */
    record Task(int job, boolean isNew, @Nullable Moment moment) {
        /** Both notices in one. */
        Task and(Task later) {
            return new Task(job, isNew || later.isNew, moment == null ? later.moment : moment);
        }
    }

    private final Map<Integer, Task> waiting = new LinkedHashMap<>();
    private final Set<Integer> failed = new HashSet<>();
    private int failuresInARow;

    /** Adds a folder. An earlier moment of it is kept. */
    void add(Task task) {
        waiting.merge(task.job(), task, Task::and);
    }

    /** Takes the next folder, if any waits. The same folder may be added again after that. */
    Optional<Task> take() {
        return waiting.keySet().stream().findFirst().map(job -> Objects.requireNonNull(waiting.remove(job)));
    }

    /** The taken folder was made or removed. True if it had failed before. */
    boolean done(Task task) {
        failuresInARow = 0;
        return failed.remove(task.job());
    }

    /** The taken folder could not be made or removed. True if it had not failed before. */
    boolean failed(Task task) {
        add(task);
        failuresInARow++;
        return failed.add(task.job());
    }

    /** The pause after the latest failure. */
    Duration pause() {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failuresInARow - 1, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
