package io.platen.spooler.queue;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;

/**
 * Whether the disk has room for a queue's events.
 *
 * <p>A full disk is a SIGBUS in LevelDB's mapped log. So while there is no room, requests are refused, and what the
 * connection says waits in the queue's stash; nothing is sent meanwhile.
 */
final class DiskRoom {
    static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final BooleanSupplier disk;
    private final Runnable lookLater;
    private final Logger log;
    private boolean waiting;

    /**
     * No room is missing yet.
     *
     * @param disk whether it has room now
     * @param lookLater makes {@link #look} be called after {@link #LOOK_EVERY}
     */
    DiskRoom(BooleanSupplier disk, Runnable lookLater, Logger log) {
        this.disk = disk;
        this.lookLater = lookLater;
        this.log = log;
    }

    /** Whether there is room. Not while something waits for room: that comes first. */
    boolean isThere() {
        return !waiting && look();
    }

    /** Looks at the disk; whether there is room, so that what waits can go on. */
    boolean look() {
        if (disk.getAsBoolean()) {
            waiting = false;
            return true;
        }
        if (!waiting) {
            log.error("The disk is full: this printer stands still until there is room");
        }
        waiting = true;
        lookLater.run();
        return false;
    }

    /** The queue was restarted: nothing waits any more. */
    void forget() {
        waiting = false;
    }
}
