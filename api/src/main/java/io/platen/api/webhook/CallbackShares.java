package io.platen.api.webhook;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * How many URLs may have events that wait, in all and of one submitter: each costs look-ups, connections and memory for as
 * long as its machine does not answer.
 */
final class CallbackShares {
    private static final long SETTLED_NANOS = 60_000_000_000L;

    private final int most;
    private final int mostOfOne;
    private final Predicate<String> isIdle;
    private final LongSupplier nanoTime;

    /** By caller: URLs, with the moment of their last job. */
    private final Map<String, Map<String, Long>> byCaller = new HashMap<>();

    /**
     * Nobody has any yet.
     *
     * @param isIdle whether nothing waits for a URL
     * @param nanoTime as {@link System#nanoTime}
     */
    CallbackShares(int most, int mostOfOne, Predicate<String> isIdle, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.most = most;
        this.mostOfOne = mostOfOne;
        this.isIdle = isIdle;
    }

    /** Whether this caller may have a URL told; a URL that it has already is no other. */
    synchronized boolean take(String caller, String url) {
        long now = nanoTime.getAsLong();
        Map<String, Long> own = byCaller.computeIfAbsent(caller, same -> new HashMap<>());
        if (own.replace(url, now) != null) {
            return true;
        }
        if (own.size() >= mostOfOne) {
            own.entrySet().removeIf(taken -> isOver(taken, now));
        }
        if (size() >= most) {
            byCaller.values().forEach(urls -> urls.entrySet().removeIf(taken -> isOver(taken, now)));
        }
        boolean hasRoom = own.size() < mostOfOne && size() < most;
        if (hasRoom) {
            own.put(url, now);
        }
        byCaller.values().removeIf(Map::isEmpty);
        return hasRoom;
    }

    /** Just after its submission a job's events have not come here yet. */
    private boolean isOver(Map.Entry<String, Long> taken, long now) {
        return now - taken.getValue() > SETTLED_NANOS && isIdle.test(taken.getKey());
    }

    private int size() {
        return byCaller.values().stream().mapToInt(Map::size).sum();
    }
}
