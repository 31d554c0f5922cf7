package io.platen.api.events;

import akka.util.ByteString;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platen.api.wire.Json;
import io.platen.printer.ConnectionStatus;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.spooler.Spooler.Published;
import io.platen.spooler.StatusBoard;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterId;
import java.nio.charset.StandardCharsets;

/**
 * A Server-Sent Event (WHATWG HTML, section 9.2): {@code id}, {@code event} and one line of {@code data}.
 *
 * @param id the event's ordinal in the journal
 * @param json the event's data
 */
public record EventFrame(long id, String printer, String type, ByteString json) {

    /** The type of the events that show how far a running attempt is. */
    public static final String PROGRESS = "job-progress";

    /** A comment, which keeps an idle connection alive. */
    static final ByteString HEARTBEAT = ByteString.fromString(": heartbeat\n\n");

    private static final ByteString END = ByteString.fromString("\n\n");

    /** The frame of a stored event, with the current state of its job. */
    public static EventFrame of(Published published, StatusBoard board) {
        ObjectNode json = Json.object(PrinterEvent.class, published.event());
        String type = json.path("type").asText();
        json.put("id", published.id());
        json.put("printer", published.printer().value());
        published
                .event()
                .aboutAJob()
                .flatMap(about -> board.find(published.printer())
                        .flatMap(printer -> printer.queue().jobs().state(about.job())))
                .ifPresent(state -> json.put("state", state.keyword()));
        // Watching clients must not learn the callbacks of others.
        json.findParents("callback").forEach(parent -> ((ObjectNode) parent).remove("callback"));
        if (json.path("ticket") instanceof ObjectNode ticket) {
            ticket.remove("claim");
        }
        // A transcript can be long. The view of the failure has it.
        json.findParents("transcript").forEach(parent -> {
            if (parent instanceof ObjectNode object && object.get("transcript") instanceof ArrayNode) {
                object.remove("transcript");
            }
        });
        return new EventFrame(
                published.id(), published.printer().value(), type, ByteString.fromArrayUnsafe(Json.bytes(json)));
    }

    ByteString toServerSentEvent() {
        return ByteString.fromString("id: " + id + "\nevent: " + type + "\ndata: ", StandardCharsets.UTF_8)
                .concat(json)
                .concat(END);
    }

    /** How far a running attempt is. */
    static ByteString progress(PrinterId printer, ConnectionStatus.Sending sending) {
        return withoutId(
                PROGRESS,
                new JobProgress(
                        PROGRESS,
                        printer.value(),
                        sending.attempt().job(),
                        sending.attempt().number(),
                        sending.bytes()));
    }

    private record JobProgress(String type, String printer, int job, int attempt, ByteCounts bytes) {}

    /** The last event of a stream, which says why the stream ends. */
    static ByteString last(String type, String detail) {
        return withoutId(type, new Last(type, detail));
    }

    private record Last(String type, String detail) {}

    /** These events are not stored. Without an id, a client that reconnects continues after its last stored event. */
    private static ByteString withoutId(String type, Object data) {
        return ByteString.fromString("event: " + type + "\ndata: ")
                .concat(ByteString.fromArrayUnsafe(Json.bytes(data)))
                .concat(END);
    }
}
