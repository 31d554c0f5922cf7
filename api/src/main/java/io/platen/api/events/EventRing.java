package io.platen.api.events;

import akka.Done;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The latest events: written by one, read by many at their own places. */
final class EventRing {
    private final EventFrame[] frames;

    /** How many were ever added; the next one goes to this place, modulo the length. */
    private long added;

    /** The id of the event before the oldest one that is here. */
    private long before;

    private long newest;
    private boolean closed;
    private CompletableFuture<Done> more = new CompletableFuture<>();

    /**
     * An empty ring.
     *
     * @param first the id behind which the events come
     */
    EventRing(int size, long first) {
        this.frames = new EventFrame[size];
        this.before = first;
        this.newest = first;
    }

    void add(List<EventFrame> events) {
        CompletableFuture<Done> waiting;
        synchronized (this) {
            for (EventFrame event : events) {
                int place = (int) (added % frames.length);
                if (added >= frames.length) {
                    before = frames[place].id();
                }
                frames[place] = event;
                added++;
                newest = event.id();
            }
            waiting = more;
            more = new CompletableFuture<>();
        }
        waiting.complete(Done.getInstance());
    }

    /** Lets all who wait look again, so that those who have left are forgotten. */
    void tick() {
        add(List.of());
    }

    void close() {
        CompletableFuture<Done> waiting;
        synchronized (this) {
            closed = true;
            waiting = more;
        }
        waiting.complete(Done.getInstance());
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Completes when events are added, or it is closed. Ask for it before looking. */
    synchronized CompletionStage<Done> more() {
        return more;
    }

    /** Whether all events behind this one are here. */
    synchronized boolean has(long after) {
        return after >= before;
    }

    /** The next events behind this one; null when some have left already. */
    synchronized @Nullable List<EventFrame> after(long last, int most) {
        if (last < before) {
            return null;
        }
        if (last >= newest) {
            return List.of();
        }
        long oldest = Math.max(0, added - frames.length);
        long low = oldest;
        long high = added;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (frames[(int) (middle % frames.length)].id() <= last) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        var next = new ArrayList<EventFrame>();
        for (long place = low; place < added && next.size() < most; place++) {
            next.add(frames[(int) (place % frames.length)]);
        }
        return next;
    }
}
