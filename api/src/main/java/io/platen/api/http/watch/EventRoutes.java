package io.platen.api.http.watch;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import io.platen.api.events.EventFeed;
import io.platen.api.events.EventFrame;
import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.request.Callers;
import io.platen.api.http.request.Lookup;
import io.platen.api.http.request.Query;
import io.platen.spooler.Spooler;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/events}: the events of all printers as Server-Sent Events. */
public final class EventRoutes extends AllDirectives {
    private static final ContentType EVENT_STREAM = MediaTypes.TEXT_EVENT_STREAM.toContentType();
    private static final Set<String> TYPES = EventFrame.types();

    private final Spooler spooler;
    private final EventFeed feed;
    private final WatcherCredentials credentials;
    private final Lookup lookup;

    public EventRoutes(Spooler spooler, EventFeed feed, WatcherCredentials credentials) {
        this.spooler = spooler;
        this.feed = feed;
        this.credentials = credentials;
        this.lookup = new Lookup(spooler.board());
    }

    public Route routes() {
        return pathEndOrSingleSlash(() -> get(() -> extractRequest(request -> complete(watch(request)))));
    }

    private HttpResponse watch(HttpRequest request) {
        Set<String> printers = list(Query.text(request, "printer"));
        printers.forEach(lookup::printer);
        Callers.requirePrinters(request, printers);
        Set<String> types = list(Query.text(request, "types"));
        types.stream()
                .filter(type -> !TYPES.contains(type) && !type.equals(EventFrame.PROGRESS))
                .findFirst()
                .ifPresent(type -> {
                    throw new ProblemException(
                            ProblemType.BAD_REQUEST,
                            "'%s' is not an event type. Known are %s, and %s."
                                    .formatted(type, String.join(", ", TYPES), EventFrame.PROGRESS),
                            "types");
                });
        Predicate<EventFrame> wanted = frame -> (printers.isEmpty() || printers.contains(frame.printer()))
                && (types.isEmpty() || types.contains(frame.type()));
        Long after = after(request);
        var place = feed.enter(Callers.of(request).key())
                .orElseThrow(() -> new ProblemException(
                        ProblemType.TOO_MANY_WATCHERS, ProblemType.TOO_MANY_WATCHERS.explanation()));
        return HttpResponse.create()
                // Tells proxies not to hold events back.
                .addHeader(RawHeader.create("X-Accel-Buffering", "no"))
                .withEntity(HttpEntities.createChunked(
                        EVENT_STREAM,
                        feed.events(
                                after,
                                wanted,
                                // Only on request, because most clients want stored events only.
                                types.contains(EventFrame.PROGRESS)
                                        ? printer -> printers.isEmpty() || printers.contains(printer)
                                        : null,
                                credentials.of(request),
                                place)));
    }

    /** The id of the client's last event. Browsers send it in a header when they reconnect; other clients may use the query. */
    private @Nullable Long after(HttpRequest request) {
        String header =
                request.getHeader("Last-Event-ID").map(HttpHeader::value).orElse("");
        String text = header.isEmpty() ? Query.text(request, "after") : header;
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            long id = Long.parseLong(text);
            if (id >= 0 && id <= spooler.lastEvent()) {
                return id;
            }
            if (id >= 0) {
                throw new ProblemException(
                        ProblemType.INVALID_FIELD,
                        "There was no event " + id + " here; the last one is " + spooler.lastEvent()
                                + ". Was a backup restored, or is this another server?",
                        "Last-Event-ID");
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw new ProblemException(
                ProblemType.BAD_REQUEST,
                "Last-Event-ID must be the id of an event, a number; 0 asks for all events.",
                "Last-Event-ID");
    }

    private static Set<String> list(@Nullable String text) {
        return text == null || text.isEmpty()
                ? Set.of()
                : Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.toSet());
    }
}
