package io.platen.printer;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.LineEvent.Due;
import io.platen.printer.LineEvent.Timer;
import io.platen.printer.PrinterConnection.Command;
import io.platen.printer.language.PrinterLanguage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a printer how it is, on one open line. */
final class Probing {

    /** Takes over with the answer. */
    interface Next {
        /** It says that it can print. */
        Behavior<Command> healthy();

        /** It says that it cannot. */
        Behavior<Command> unwell();

        /** It says nothing of it. */
        Behavior<Command> silent();
    }

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final OpenLine line;
    private final PrinterLanguage language;
    private final Next next;
    private final StringBuilder reply = new StringBuilder();

    Probing(OpenLine line, PrinterLanguage language, Next next) {
        this.line = line;
        this.language = language;
        this.next = next;
    }

    /** Asks; {@code asked} waits for the answer. */
    Behavior<Command> start(Behavior<Command> asked) {
        var query = language.statusQuery();
        if (query.isEmpty()) {
            return next.silent();
        }
        line.write(Source.single(ByteString.fromString(query.get())));
        line.start(Timer.STATUS_REPLY, PATIENCE);
        return asked;
    }

    Behavior<Command> on(LineEvent event) {
        if (event instanceof LineEvent.Replied replied) {
            reply.append(replied.bytes().decodeString(StandardCharsets.ISO_8859_1));
            return language.isCompleteStatus(reply.toString()) ? onStatus() : Behaviors.same();
        }
        return isOver(event) ? next.silent() : Behaviors.same();
    }

    private Behavior<Command> onStatus() {
        return language.isHealthyStatus(reply.toString()) ? next.healthy() : next.unwell();
    }

    private static boolean isOver(LineEvent event) {
        return event instanceof LineEvent.PeerFinished
                || event instanceof LineEvent.Broken
                || event instanceof LineEvent.WriteFailed
                || (event instanceof Due due && due.timer() == Timer.STATUS_REPLY);
    }
}
