package io.platen.printer.connection;

import java.time.Duration;

/**
 * Keeps one fast printer from using up this host's ports. The side that closes a connection first keeps its port in
 * TIME_WAIT for 60 s (RFC 9293, section 3.6; Linux's TCP_TIMEWAIT_LEN), and there are only as many ports to one address as
 * the ephemeral range has. When nine tenths of them are in use, further connections wait. Otherwise connections to that
 * address would fail here and in every other program on this host.
 */
final class PortBudget {
    private static final int WINDOW_SECONDS = 60;

    private final int[] perSecond = new int[WINDOW_SECONDS];
    private final long most;
    private long second;
    private long inWindow;

    PortBudget(int ephemeralPorts) {
        this.most = Math.max(1, ephemeralPorts * 9L / 10);
    }

    /**
     * Takes a port.
     *
     * @param nanos now, by {@link System#nanoTime}
     * @return how long to wait before asking again; zero when it was taken
     */
    Duration take(long nanos) {
        long now = Math.floorDiv(nanos, 1_000_000_000L);
        forget(now);
        if (inWindow >= most) {
            return Duration.ofSeconds(1);
        }
        perSecond[slot(now)]++;
        inWindow++;
        return Duration.ZERO;
    }

    private void forget(long now) {
        long from = Math.max(second + 1, now - WINDOW_SECONDS + 1);
        for (long passed = from; passed <= now; passed++) {
            inWindow -= perSecond[slot(passed)];
            perSecond[slot(passed)] = 0;
        }
        if (now - second >= WINDOW_SECONDS) {
            inWindow = 0;
        }
        second = Math.max(second, now);
    }

    private static int slot(long second) {
        return (int) Math.floorMod(second, (long) WINDOW_SECONDS);
    }
}
