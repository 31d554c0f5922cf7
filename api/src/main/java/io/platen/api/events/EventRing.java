package io.platen.api.events;

import akka.Done;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A ring of the latest events. One thread writes, and many clients read at their own positions. */
final class EventRing {
    private final EventFrame[] frames;

    /** How many events were ever added. The next one goes to this index, modulo the length. */
    private long added;

    /** The id of the event before the oldest one in the ring. */
    private long before;

    private long newest;
    private boolean closed;
    private CompletableFuture<Done> more = new CompletableFuture<>();

    /**
     * An empty ring.
     *
     * @param first the id of the event before the first one
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

    /** Wakes all waiting clients, so that those that have left do not pile up. */
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

    /** Completes when events are added or the ring is closed. Call it before {@link #after}, so that no event is missed. */
    synchronized CompletionStage<Done> more() {
        return more;
    }

    /** Whether the ring has all events after this one. */
    synchronized boolean has(long after) {
        return after >= before;
    }

    /** The next events after this one; null if some of them have left the ring. */
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
