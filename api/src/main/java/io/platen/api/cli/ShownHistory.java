package io.platen.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platen.api.tools.RecordedHistory;
import io.platen.api.wire.JobView;
import io.platen.api.wire.Json;
import io.platen.api.wire.PrinterView;
import io.platen.persistence.journal.JournalStore.StreamInfo;
import io.platen.printer.ConnectionStatus;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Recorded;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The recorded history of a printer or of one of its jobs, for people. */
final class ShownHistory {
    private final RecordedHistory history;
    private final PrinterId printer;
    private final @Nullable Integer job;
    private final StreamInfo stream;

    ShownHistory(RecordedHistory history, PrinterId printer, @Nullable Integer job, StreamInfo stream) {
        this.history = history;
        this.printer = printer;
        this.job = job;
        this.stream = stream;
    }

    /** Calls the consumer with each event and its JSON. */
    void events(BiConsumer<Recorded, ObjectNode> consumer) throws IOException {
        history.events(printer, 1, stream.highest(), recorded -> {
            if (job == null || recorded.event().isAbout(job)) {
                consumer.accept(
                        recorded,
                        Json.object(PrinterEvent.class, recorded.event()).put("sequence", recorded.sequence()));
            }
        });
    }

    void print(PrintStream out) throws IOException {
        if (stream.deletedTo() > 0) {
            out.printf("Events 1 to %,d have expired and were deleted.%n", stream.deletedTo());
        }
        events((recorded, json) -> out.println("%8d  %-24s  %-20s  %s"
                .formatted(
                        recorded.sequence(),
                        recorded.event().at(),
                        json.path("type").asText(),
                        words(json))
                .stripTrailing()));
    }

    private static String words(JsonNode event) {
        var words = new ArrayList<String>();
        if (event.has("job")) {
            words.add("job " + event.path("job").asInt());
        }
        if (event.has("attempt")) {
            words.add("attempt " + event.path("attempt").asInt());
        }
        JsonNode ticket = event.path("ticket");
        if (ticket.isObject()) {
            words.add(ticket.path("name").asText("unnamed"));
            words.add("%,d bytes".formatted(ticket.path("document").path("size").asLong()));
        }
        for (String field : List.of("rung", "verdict", "outcome", "to", "reason", "before")) {
            if (event.hasNonNull(field)) {
                words.add(field + " " + event.path(field).asText());
            }
        }
        if (event.path("as").isObject()) {
            words.add("as job " + event.path("as").path("job").asInt() + " of "
                    + event.path("as").path("printer").asText());
        }
        if (event.path("profile").isObject()) {
            words.add(event.path("profile").path("uri").asText());
        }
        for (String field : List.of("failure", "warning")) {
            JsonNode failure = event.path(field);
            if (failure.isObject()) {
                words.add(failure.path("cause").asText() + ": "
                        + failure.path("message").asText());
            }
        }
        return String.join(", ", words);
    }

    /** The printer or the job as the API showed it at a time. */
    Object stateAt(Instant at) throws IOException {
        var state = new QueueState[] {history.stateBefore(printer, stream)};
        var past = new boolean[1];
        history.events(printer, state[0].events() + 1, stream.highest(), recorded -> {
            past[0] |= recorded.event().at().isAfter(at);
            if (!past[0]) {
                state[0] = state[0].after(recorded.event());
            }
        });
        PrinterProfile profile = state[0].profile();
        if (profile == null) {
            throw new ClientException("There was no printer '%s' at %s.".formatted(printer, at));
        }
        var status = new PrinterStatus(printer, profile, state[0], ConnectionStatus.closed(state[0].stateSince()));
        if (job == null) {
            return PrinterView.of(status, true);
        }
        PrintJob found = state[0].jobs()
                .find(job)
                .orElseThrow(
                        () -> new ClientException("Printer '%s' had no job %d at %s.".formatted(printer, job, at)));
        return JobView.whole(status, found);
    }
}
