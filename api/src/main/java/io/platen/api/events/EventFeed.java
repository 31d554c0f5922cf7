package io.platen.api.events;

import akka.Done;
import akka.NotUsed;
import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import akka.japi.Pair;
import akka.stream.KillSwitches;
import akka.stream.RestartSettings;
import akka.stream.UniqueKillSwitch;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.RestartSource;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.ConnectionStatus;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.Spooler;
import io.platen.spooler.Spooler.Published;
import io.platen.spooler.job.PrinterId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Server-Sent Events for any number of clients. The feed follows the journal once and keeps the latest events in a ring. Each
 * client reads the ring at its own pace; a client that asks for older events reads the journal until it has caught up. No
 * client has a buffer of its own. If a client is so slow that its next event has left the ring, its stream ends with an event
 * that says so, and it can connect again with {@code Last-Event-ID}.
 */
public final class EventFeed {
    /** Events within this time are grouped, because each group wakes all clients, and there may be a thousand. */
    private static final Duration GROUPED_WITHIN = Duration.ofMillis(30);

    private static final int MOST_IN_GROUP = 256;
    private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(15);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);
    private static final Duration TICK_EVERY = Duration.ofSeconds(10);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);
    /** A place that is not used within this time becomes free: the client has left before its response was sent. */
    private static final Duration UNUSED_AFTER = Duration.ofMinutes(1);

    private final ActorSystem<?> system;
    private final Spooler spooler;
    private final EventRing ring;
    private final WatcherPlaces places;
    private final UniqueKillSwitch following;
    private final Cancellable ticking;

    /**
     * Starts to follow the journal.
     *
     * @param kept how many events the ring keeps
     */
    public EventFeed(ActorSystem<?> system, Spooler spooler, int kept, WatcherPlaces places) {
        this.system = system;
        this.spooler = spooler;
        this.places = places;
        long first = spooler.lastEvent();
        this.ring = new EventRing(kept, first);
        var last = new AtomicLong(first);
        this.following = RestartSource.onFailuresWithBackoff(
                        RestartSettings.create(FIRST_RETRY, LAST_RETRY, 0.2),
                        () -> spooler.liveEventsAfter(last.get())
                                .groupedWithin(MOST_IN_GROUP, GROUPED_WITHIN)
                                .map(events -> {
                                    publish(events);
                                    last.set(events.get(events.size() - 1).id());
                                    return events;
                                }))
                .viaMat(KillSwitches.single(), Keep.right())
                .toMat(Sink.ignore(), Keep.left())
                .run(system);
        this.ticking = system.scheduler()
                .scheduleWithFixedDelay(TICK_EVERY, TICK_EVERY, ring::tick, system.executionContext());
    }

    private void publish(List<Published> events) {
        ring.add(events.stream()
                .map(event -> EventFrame.of(event, spooler.board()))
                .toList());
    }

    public int clients() {
        return places.taken();
    }

    /** Takes a place for one more client of this caller, if one is free. An unused place becomes free again after a minute. */
    public Optional<WatcherPlaces.Place> enter(String caller) {
        var place = places.take(caller);
        place.ifPresent(taken ->
                system.scheduler().scheduleOnce(UNUSED_AFTER, taken::leaveUnlessUsed, system.executionContext()));
        return place;
    }

    /** Ends all streams with a last event that says that the server shuts down. */
    public void close() {
        following.shutdown();
        ticking.cancel();
        ring.close();
    }

    /**
     * The stream of one client.
     *
     * @param after the id of the client's last event; null to begin with the next new event
     * @param wanted selects the events
     * @param progressOf selects the printers whose progress is sent once a second; null for none
     * @param credentials must hold as long as the stream lasts
     * @param place becomes free when the stream ends
     */
    public Source<ByteString, NotUsed> events(
            @Nullable Long after,
            Predicate<EventFrame> wanted,
            @Nullable Predicate<String> progressOf,
            Credentials credentials,
            WatcherPlaces.Place place) {
        // The journal, because the ring gets new events a moment later.
        long last = after == null ? spooler.lastEvent() : after;
        Source<ByteString, NotUsed> stored = ring.has(last) ? live(last, wanted) : old(last, wanted);
        Source<ByteString, NotUsed> events = progressOf == null ? stored : stored.merge(progress(progressOf), true);
        return Source.single(ByteString.fromString(": platen\nretry: 2000\n\n"))
                .concat(events)
                .keepAlive(HEARTBEAT_EVERY, () -> EventFrame.HEARTBEAT)
                .via(new Welcome(credentials, system.executionContext()))
                .watchTermination((notUsed, ended) -> {
                    place.use();
                    var unused = ended.whenCompleteAsync((done, failure) -> place.leave(), system.executionContext());
                    return notUsed;
                });
    }

    /** The progress of running attempts. It is not stored and has no id, so a client that reconnects does not get it again. */
    private Source<ByteString, NotUsed> progress(Predicate<String> printers) {
        return Source.tick(PROGRESS_EVERY, PROGRESS_EVERY, NotUsed.getInstance())
                .<ByteString>statefulMapConcat(() -> {
                    var sent = new HashMap<PrinterId, ConnectionStatus.Sending>();
                    return tick -> spooler.board().all().stream()
                            .filter(printer -> printers.test(printer.id().value()))
                            .map(printer -> news(printer, sent))
                            .flatMap(Optional::stream)
                            .toList();
                })
                .mapMaterializedValue(timer -> NotUsed.getInstance());
    }

    private static Optional<ByteString> news(PrinterStatus printer, Map<PrinterId, ConnectionStatus.Sending> sent) {
        ConnectionStatus.Sending now = printer.line().sending();
        if (now == null) {
            sent.remove(printer.id());
            return Optional.empty();
        }
        return now.equals(sent.put(printer.id(), now))
                ? Optional.empty()
                : Optional.of(EventFrame.progress(printer.id(), now));
    }

    /** Reads events from the journal, then from the ring. */
    private Source<ByteString, NotUsed> old(long after, Predicate<EventFrame> wanted) {
        return Source.lazySource(() -> {
                    long end = spooler.lastEvent();
                    return spooler.eventsAfter(after)
                            .map(event -> EventFrame.of(event, spooler.board()))
                            .takeWhile(frame -> frame.id() <= end)
                            .filter(wanted::test)
                            .map(EventFrame::toServerSentEvent)
                            .concatLazy(Source.lazySource(() -> ring.has(end) ? live(end, wanted) : old(end, wanted)));
                })
                .mapMaterializedValue(started -> NotUsed.getInstance());
    }

    private Source<ByteString, NotUsed> live(long after, Predicate<EventFrame> wanted) {
        return Source.<Position, ByteString>unfoldAsync(new Position(after, false), position -> next(position, wanted))
                .filter(text -> !text.isEmpty());
    }

    /** How far a client has read, and whether it has had its last event. */
    private record Position(long last, boolean ended) {}

    private CompletionStage<Optional<Pair<Position, ByteString>>> next(Position at, Predicate<EventFrame> wanted) {
        if (at.ended()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        long last = at.last();
        CompletionStage<Done> more = ring.more();
        if (ring.isClosed()) {
            return end(last, "closing", "Platen is shutting down. Connect again when it has restarted.");
        }
        List<EventFrame> frames = ring.after(last, MOST_IN_GROUP);
        if (frames == null) {
            return end(
                    last,
                    "too-slow",
                    "Events arrive faster than this client reads them. Connect again with Last-Event-ID.");
        }
        if (frames.isEmpty()) {
            // An empty text makes the stream ask again, as long as the client is connected.
            return more.thenApplyAsync(
                    done -> Optional.of(Pair.create(at, ByteString.emptyByteString())), system.executionContext());
        }
        ByteString text = ByteString.emptyByteString();
        for (EventFrame frame : frames) {
            last = frame.id();
            if (wanted.test(frame)) {
                text = text.concat(frame.toServerSentEvent());
            }
        }
        return CompletableFuture.completedFuture(Optional.of(Pair.create(new Position(last, false), text)));
    }

    private static CompletionStage<Optional<Pair<Position, ByteString>>> end(long last, String type, String detail) {
        return CompletableFuture.completedFuture(
                Optional.of(Pair.create(new Position(last, true), EventFrame.last(type, detail))));
    }
}
