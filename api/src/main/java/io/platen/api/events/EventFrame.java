package io.platen.api.events;

import akka.util.ByteString;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platen.api.wire.Json;
import io.platen.printer.ConnectionStatus;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.spooler.Spooler.Published;
import io.platen.spooler.StatusBoard;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.SomeEvents;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Server-Sent Event (WHATWG HTML, section 9.2): {@code id}, {@code event} and one line of {@code data}. The
 * data is made when the first client takes it, and for nobody otherwise.
 */
public final class EventFrame {
    private static final Map<Class<?>, String> TYPES = Arrays.stream(
                    PrinterEvent.class.getAnnotation(JsonSubTypes.class).value())
            .collect(Collectors.toUnmodifiableMap(JsonSubTypes.Type::value, JsonSubTypes.Type::name));

    private static final PrinterEvent.Visitor<Boolean> HAS_TRANSCRIPT = new SomeEvents<>() {
        @Override
        public Boolean attemptFailed(PrinterEvent.AttemptFailed event) {
            return true;
        }

        @Override
        public Boolean judgementReopened(PrinterEvent.JudgementReopened event) {
            return true;
        }

        @Override
        protected Boolean other(PrinterEvent event) {
            return false;
        }
    };

    /** The type of the events that show how far a running attempt is. */
    public static final String PROGRESS = "job-progress";

    /** A comment, which keeps an idle connection alive. */
    static final ByteString HEARTBEAT = ByteString.fromString(": heartbeat\n\n");

    private static final ByteString END = ByteString.fromString("\n\n");

    private final long id;
    private final String printer;
    private final String type;

    /** Makes the JSON when somebody wants it; null as soon as it is made. */
    private @Nullable Supplier<ByteString> pending;

    private @Nullable ByteString json;

    EventFrame(long id, String printer, String type, ByteString json) {
        this(id, printer, type);
        this.json = json;
    }

    private EventFrame(long id, String printer, String type) {
        this.id = id;
        this.printer = printer;
        this.type = type;
    }

    /** The names of all types of stored events. */
    public static Set<String> types() {
        return new TreeSet<>(TYPES.values());
    }

    /** The frame of a stored event, with the state that its job has when the frame is first sent to somebody. */
    public static EventFrame of(Published published, StatusBoard board) {
        var frame = new EventFrame(
                published.id(),
                published.printer().value(),
                TYPES.getOrDefault(published.event().getClass(), ""));
        if (published.event().accept(HAS_TRANSCRIPT)) {
            // The transcript is not sent, and would take much memory until then.
            frame.json = json(published, board);
        } else {
            frame.pending = () -> json(published, board);
        }
        return frame;
    }

    private static ByteString json(Published published, StatusBoard board) {
        ObjectNode json = Json.object(PrinterEvent.class, published.event());
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
        return ByteString.fromArrayUnsafe(Json.bytes(json));
    }

    /** The id of the event in the journal. */
    public long id() {
        return id;
    }

    public String printer() {
        return printer;
    }

    public String type() {
        return type;
    }

    /** The event as JSON, with its id, its printer and the state of its job. */
    public synchronized ByteString json() {
        if (json == null) {
            json = Objects.requireNonNull(pending).get();
            pending = null;
        }
        return json;
    }

    ByteString toServerSentEvent() {
        return ByteString.fromString("id: " + id + "\nevent: " + type + "\ndata: ", StandardCharsets.UTF_8)
                .concat(json())
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
