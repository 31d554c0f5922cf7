package io.platen.api.events;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Limits how many clients watch events at once, in total and for each caller, so that one caller cannot take all places. */
public final class WatcherPlaces {
    private final int most;
    private final int mostOfOne;
    private final Map<String, Integer> byCaller = new HashMap<>();
    private int taken;

    public WatcherPlaces(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    synchronized Optional<Place> take(String caller) {
        int own = byCaller.getOrDefault(caller, 0);
        if (taken >= most || own >= mostOfOne) {
            return Optional.empty();
        }
        taken++;
        byCaller.put(caller, own + 1);
        return Optional.of(new Place(caller));
    }

    synchronized int taken() {
        return taken;
    }

    private synchronized void leave(String caller) {
        taken--;
        byCaller.computeIfPresent(caller, (same, own) -> own == 1 ? null : (Integer) (own - 1));
    }

    /** The place of one client. */
    public final class Place {
        private final String caller;
        private boolean used;
        private boolean left;

        private Place(String caller) {
            this.caller = caller;
        }

        synchronized void use() {
            used = true;
        }

        void leaveUnlessUsed() {
            synchronized (this) {
                if (used) {
                    return;
                }
            }
            leave();
        }

        void leave() {
            synchronized (this) {
                if (left) {
                    return;
                }
                left = true;
            }
            WatcherPlaces.this.leave(caller);
        }
    }
}
