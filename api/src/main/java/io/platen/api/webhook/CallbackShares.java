package io.platen.api.webhook;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How many URLs may have events that wait, in all and of one submitter: each costs look-ups, connections and memory for as
 * long as its machine does not answer.
 */
final class CallbackShares {
    private final int most;
    private final int mostOfOne;
    private final Predicate<String> isIdle;
    private final Map<String, Set<String>> byCaller = new HashMap<>();

    /**
     * Nobody has any yet.
     *
     * @param isIdle whether nothing waits for a URL
     */
    CallbackShares(int most, int mostOfOne, Predicate<String> isIdle) {
        this.most = most;
        this.mostOfOne = mostOfOne;
        this.isIdle = isIdle;
    }

    /** Whether this caller may have a URL told; a URL that it has already is no other. */
    synchronized boolean take(String caller, String url) {
        Set<String> own = byCaller.get(caller);
        if (own != null && own.contains(url)) {
            return true;
        }
        if (own != null && own.size() >= mostOfOne) {
            own.removeIf(isIdle);
        }
        if (size() >= most) {
            byCaller.values().forEach(urls -> urls.removeIf(isIdle));
            byCaller.values().removeIf(Set::isEmpty);
        }
        Set<String> urls = byCaller.computeIfAbsent(caller, same -> new HashSet<>());
        return urls.size() < mostOfOne && size() < most && urls.add(url);
    }

    private int size() {
        return byCaller.values().stream().mapToInt(Set::size).sum();
    }
}
