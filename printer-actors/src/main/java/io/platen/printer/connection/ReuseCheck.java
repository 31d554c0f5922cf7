package io.platen.printer.connection;

import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.transport.TcpInfo;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks before an idle connection is used again whether the printer still knows it. A printer that was restarted does not,
 * and says so only when it is asked. The question is the kernel's keepalive probe: it carries no data, and the answer takes
 * one round trip.
 */
final class ReuseCheck {

    /**
     * What is known of the connection.
     *
     * @param why why it cannot be used; null while it may be good
     * @param reset the printer's reset; null when there was none
     */
    record Outcome(
            boolean isAlive, @Nullable String why, @Nullable Throwable reset) {
        static final Outcome WAITING = new Outcome(false, null, null);
        static final Outcome ALIVE = new Outcome(true, null, null);

        static Outcome stale(String why, @Nullable Throwable reset) {
            return new Outcome(false, why, reset);
        }
    }

    /** A printer that has answered this recently need not be asked. After this silence the kernel asks by itself. */
    private static final Duration RECENT = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private final OpenLine line;
    private final long startNanos;

    ReuseCheck(OpenLine line, long nowNanos) {
        this.line = line;
        this.startNanos = nowNanos;
        line.askPeer();
        line.sample();
    }

    /** Judges a sample of the kernel. While it decides nothing, another sample is taken soon. */
    Outcome sampled(Optional<TcpInfo> info, long nowNanos) {
        if (info.isEmpty()) {
            return line.isOpen() ? Outcome.ALIVE : Outcome.stale("it was closed", null);
        }
        Errno error = Errno.ofLinux(info.get().error());
        if (!info.get().isEstablished() || error != null) {
            return Outcome.stale("it was in " + info.get().state(), error == null ? null : error.exception());
        }
        // Where the kernel does not tell when the last ACK came, the first write will show whether the connection is
        // good.
        if (info.get().sinceLastAckMillis().orElse(0) <= RECENT.toMillis()) {
            return Outcome.ALIVE;
        }
        if (nowNanos - startNanos >= PATIENCE.toNanos()) {
            return Outcome.stale("the printer did not answer for " + PATIENCE.toMillis() + " ms", null);
        }
        line.start(Timer.SAMPLE, LOOK_EVERY);
        return Outcome.WAITING;
    }
}
