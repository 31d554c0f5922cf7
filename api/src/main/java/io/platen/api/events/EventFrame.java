package io.platen.api.events;

import akka.util.ByteString;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platen.api.wire.Json;
import io.platen.printer.ConnectionStatus;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.Spooler.Published;
import io.platen.spooler.StatusBoard;
import io.platen.spooler.job.JobState;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An event as it is sent (WHATWG HTML, section 9.2): {@code id}, {@code event} and one line of {@code data}.
 *
 * @param id its ordinal in the journal
 * @param type the event's name
 * @param json its data
 */
public record EventFrame(long id, String printer, String type, ByteString json) {

    /** The type of what tells how far an attempt under way has come. */
    public static final String PROGRESS = "job-progress";

    /** Nothing, so that a connection is seen to live. */
    static final ByteString HEARTBEAT = ByteString.fromString(": heartbeat\n\n");

    /** Of a stored event, with its job's state as it is now. */
    public static EventFrame of(Published published, StatusBoard board) {
        ObjectNode json = Json.object(PrinterEvent.class, published.event());
        String type = json.path("type").asText();
        json.put("id", published.id());
        json.put("printer", published.printer().value());
        published
                .event()
                .aboutAJob()
                .flatMap(about -> board.find(published.printer()).flatMap(printer -> state(printer, about.job())))
                .ifPresent(state -> json.put("state", state.keyword()));
        // Whom else it is told is not for all who watch.
        json.findParents("callback").forEach(parent -> ((ObjectNode) parent).remove("callback"));
        if (json.path("ticket") instanceof ObjectNode ticket) {
            ticket.remove("claim");
        }
        // A transcript can be long, and is where the failure is shown.
        json.findParents("transcript").forEach(parent -> {
            if (parent instanceof ObjectNode object && object.get("transcript") instanceof ArrayNode) {
                object.remove("transcript");
            }
        });
        return new EventFrame(
                published.id(), published.printer().value(), type, ByteString.fromArrayUnsafe(Json.bytes(json)));
    }

    private static Optional<JobState> state(PrinterStatus printer, int job) {
        return printer.queue().jobs().state(job);
    }

    ByteString toServerSentEvent() {
        return ByteString.fromString("id: " + id + "\nevent: " + type + "\ndata: ", StandardCharsets.UTF_8)
                .concat(json)
                .concat(END);
    }

    /** How far an attempt under way has come; without an id, as it is not stored. */
    static ByteString progress(PrinterId printer, ConnectionStatus.Sending sending) {
        var progress = new Progress(
                PROGRESS,
                printer.value(),
                sending.attempt().job(),
                sending.attempt().number(),
                sending.bytes());
        return ByteString.fromString(
                "event: " + PROGRESS + "\ndata: " + new String(Json.bytes(progress), StandardCharsets.UTF_8) + "\n\n",
                StandardCharsets.UTF_8);
    }

    private record Progress(String type, String printer, int job, int attempt, ByteCounts bytes) {}

    /** An event of the stream itself; without an id, so that a client goes on behind the last one it had. */
    static ByteString last(String type, String detail) {
        ObjectNode json = Json.object(Last.class, new Last(type, detail));
        return ByteString.fromString("event: " + type + "\ndata: " + json + "\n\n", StandardCharsets.UTF_8);
    }

    private record Last(String type, String detail) {}

    private static final ByteString END = ByteString.fromString("\n\n");
}
