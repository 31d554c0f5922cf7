package io.platen.api.webhook;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Limits how many callback URLs have undelivered events, in total and for each submitter. While a URL's host does not answer,
 * the URL costs look-ups, connections and memory.
 */
final class CallbackShares {
    private static final long SETTLED_NANOS = 60_000_000_000L;

    private final int most;
    private final int mostOfOne;
    private final Predicate<String> isIdle;
    private final LongSupplier nanoTime;

    /** The URLs of each caller, with the time of their last job. */
    private final Map<String, Map<String, Long>> byCaller = new HashMap<>();

    /**
     * @param isIdle whether no event waits for a URL
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    CallbackShares(int most, int mostOfOne, Predicate<String> isIdle, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.most = most;
        this.mostOfOne = mostOfOne;
        this.isIdle = isIdle;
    }

    /** Counts a URL for a caller; false if a limit is reached. A URL that the caller already has does not count again. */
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

    /** A URL stays for a minute after its last job, because the events of a new job arrive a moment later. */
    private boolean isOver(Map.Entry<String, Long> taken, long now) {
        return now - taken.getValue() > SETTLED_NANOS && isIdle.test(taken.getKey());
    }

    private int size() {
        return byCaller.values().stream().mapToInt(Map::size).sum();
    }
}
