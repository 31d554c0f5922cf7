package io.platen.spooler.queue;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;

/**
 * Whether the disk has room for a queue's events.
 *
 * <p>On a full disk, LevelDB's mapped log causes a SIGBUS. So while there is no room, requests are refused, signals of the
 * connection wait in the queue's stash, and nothing is sent.
 */
final class DiskRoom {
    static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final BooleanSupplier disk;
    private final Runnable lookLater;
    private final Logger log;
    private boolean waiting;

    /**
     * @param disk whether the disk has room now
     * @param lookLater makes {@link #look} be called after {@link #LOOK_EVERY}
     */
    DiskRoom(BooleanSupplier disk, Runnable lookLater, Logger log) {
        this.disk = disk;
        this.lookLater = lookLater;
        this.log = log;
    }

    /** Whether there is room. False while signals wait for room, because they come first. */
    boolean isThere() {
        return !waiting && look();
    }

    /** Checks the disk. True if it has room, so that waiting signals can be handled. */
    boolean look() {
        if (disk.getAsBoolean()) {
            waiting = false;
            return true;
        }
        if (!waiting) {
            log.error("The disk is full: this printer prints nothing until space is freed");
        }
        waiting = true;
        lookLater.run();
        return false;
    }

    /** After a restart of the queue nothing waits. */
    void forget() {
        waiting = false;
    }
}
