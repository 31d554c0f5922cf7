package io.platen.printer.connection;

import akka.util.ByteString;
import io.platen.printer.connection.ConnectionEvent.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Asks a printer for its status over one open connection, with one query of its language after the other until it answers. */
final class StatusProbe {

    enum Outcome {
        WAITING,
        /** The printer says that it can print. */
        WELL,
        /** The printer says that it cannot print. */
        UNWELL,
        /** The printer answered none of the queries. */
        SILENT,
        /** The connection ended before an answer came. */
        LOST
    }

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final OpenLine line;
    private final Queue<String> queries;

    StatusProbe(OpenLine line, List<String> queries) {
        this.line = line;
        this.queries = new ArrayDeque<>(queries);
    }

    /** Sends the next query; {@link Outcome#SILENT} when none is left. */
    Outcome ask() {
        String query = queries.poll();
        if (query == null) {
            return Outcome.SILENT;
        }
        line.write(PrintData.of(ByteString.fromString(query)));
        line.start(Timer.STATUS_REPLY, PATIENCE);
        return Outcome.WAITING;
    }

    /** The first answer to a query decides. */
    Outcome said(Words words) {
        return words.statuses()
                .filter(status -> status.answerTo() != null)
                .findFirst()
                .map(status -> status.canPrint() ? Outcome.WELL : Outcome.UNWELL)
                .orElse(Outcome.WAITING);
    }
}
