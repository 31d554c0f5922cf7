package io.platen.printer;

import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.LineEvent.Due;
import io.platen.printer.LineEvent.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Asks a printer how it is, on one open line: with each of its language's queries until one is answered. */
final class StatusProbe {

    /** What came of the questions. */
    enum Outcome {
        WAITING,
        /** The printer says that it can print. */
        WELL,
        /** The printer says that it cannot. */
        UNWELL,
        /** The printer says nothing of it. */
        SILENT,
        /** The line ended before an answer came. */
        LOST
    }

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final OpenLine line;
    private final Queue<String> queries;

    StatusProbe(OpenLine line, List<String> queries) {
        this.line = line;
        this.queries = new ArrayDeque<>(queries);
    }

    /** Asks the next question; {@link Outcome#SILENT} when none is left. */
    Outcome ask() {
        String query = queries.poll();
        if (query == null) {
            return Outcome.SILENT;
        }
        line.write(Source.single(ByteString.fromString(query)));
        line.start(Timer.STATUS_REPLY, PATIENCE);
        return Outcome.WAITING;
    }

    Outcome said(Words words) {
        return words.statuses()
                .filter(status -> status.answerTo() != null)
                .findFirst()
                .map(status -> status.canPrint() ? Outcome.WELL : Outcome.UNWELL)
                .orElse(Outcome.WAITING);
    }

    Outcome on(LineEvent event) {
        if (event instanceof LineEvent.Broken || event instanceof LineEvent.WriteFailed) {
            return Outcome.LOST;
        }
        return event instanceof Due due && due.timer() == Timer.STATUS_REPLY ? ask() : Outcome.WAITING;
    }
}
