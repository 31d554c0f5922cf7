package io.platen.printer;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.platen.printer.LineEvent.Due;
import io.platen.printer.LineEvent.Timer;
import io.platen.printer.PrinterConnection.Command;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.transport.TcpInfo;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Before an idle connection is used again: does the printer still know of it? A printer that was
 * restarted meanwhile does not, and says so only when it is asked. The question is the kernel's keepalive
 * probe, so it carries no data, and the answer takes one round trip.
 */
final class AliveCheck {

    /** Takes over with the answer. */
    interface Next {
        /** The connection is good. */
        Behavior<Command> alive();

        /**
         * It is not, or nobody answers.
         *
         * @param reset the printer's reset, where that is why
         */
        Behavior<Command> stale(String why, @Nullable Throwable reset);

        /** Words came that were meant for the job before: the connection is given up. */
        Behavior<Command> late(LineEvent.Replied words);
    }

    /** Who has answered this recently needs not be asked. It is the silence at which the kernel asks, too. */
    private static final Duration RECENT = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private final OpenLine line;
    private final Next next;
    private final long start = System.nanoTime();

    AliveCheck(OpenLine line, Next next) {
        this.line = line;
        this.next = next;
        line.line().askPeer();
        line.sample();
    }

    Behavior<Command> on(LineEvent event) {
        if (event instanceof LineEvent.Sampled sampled) {
            return onSampled(sampled.info());
        } else if (event instanceof LineEvent.PeerFinished) {
            return next.stale("the printer's FIN had come", null);
        } else if (event instanceof LineEvent.Broken broken) {
            return next.stale("the printer answered with an RST", broken.cause());
        } else if (event instanceof LineEvent.Replied replied) {
            return next.late(replied);
        } else if (event instanceof Due due && due.timer() == Timer.SAMPLE) {
            line.sample();
        }
        return Behaviors.same();
    }

    private Behavior<Command> onSampled(Optional<TcpInfo> info) {
        if (info.isEmpty()) {
            return line.line().isOpen() ? next.alive() : next.stale("it was closed", null);
        }
        Errno error = Errno.ofLinux(info.get().error());
        if (!info.get().isEstablished() || error != null) {
            return next.stale("it was in " + info.get().state(), error == null ? null : error.exception());
        }
        // Where the kernel does not tell, the first write has to show it.
        if (info.get().sinceLastAckMillis().orElse(0) <= RECENT.toMillis()) {
            return next.alive();
        }
        if (System.nanoTime() - start >= PATIENCE.toNanos()) {
            return next.stale("nobody answered for " + PATIENCE.toMillis() + " ms", null);
        }
        line.start(Timer.SAMPLE, LOOK_EVERY);
        return Behaviors.same();
    }
}
