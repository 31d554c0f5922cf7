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
 * Server-Sent Events for any number of clients: the journal is followed once, the latest events are kept in a ring,
 * and every client reads from it at its own pace. One that asks for older ones reads the journal until it has caught
 * up. A client holds no buffer here: one that is so slow that its next event has left the ring gets a last event that
 * says so, and is ended. It can come again with {@code Last-Event-ID}.
 */
public final class EventFeed {
    /** Events that come within so long are told together: with a thousand clients each telling costs. */
    private static final Duration TOGETHER = Duration.ofMillis(30);

    private static final int MOST_TOGETHER = 256;
    private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(15);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);
    private static final Duration TICK_EVERY = Duration.ofSeconds(10);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    /** A client whose answer was never sent does not come. */
    private static final Duration UNUSED_AFTER = Duration.ofMinutes(1);

    private static final Duration LAST_RETRY = Duration.ofSeconds(5);

    private final ActorSystem<?> system;
    private final Spooler spooler;
    private final EventRing ring;
    private final WatcherPlaces places;
    private final UniqueKillSwitch following;
    private final Cancellable ticking;

    /**
     * Starts to follow the journal.
     *
     * @param kept events in the ring
     * @param places of clients
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
                                .groupedWithin(MOST_TOGETHER, TOGETHER)
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

    /** How many clients there are. */
    public int clients() {
        return places.taken();
    }

    /** A place for one more client of this caller, where there is one; it is given up when it is not used at once. */
    public Optional<WatcherPlaces.Place> enter(String caller) {
        var place = places.take(caller);
        place.ifPresent(taken ->
                system.scheduler().scheduleOnce(UNUSED_AFTER, taken::leaveUnlessUsed, system.executionContext()));
        return place;
    }

    /** Ends all clients with a last event: the server goes down. */
    public void close() {
        following.shutdown();
        ticking.cancel();
        ring.close();
    }

    /**
     * The events that a client wants.
     *
     * @param after the last one that it has; null to begin with the next one that happens
     * @param progressOf which printers' attempts under way are told of once a second; null for none
     * @param credentials of the client, which must hold as long as it watches
     * @param place of the client
     */
    public Source<ByteString, NotUsed> events(
            @Nullable Long after,
            Predicate<EventFrame> wanted,
            @Nullable Predicate<String> progressOf,
            Credentials credentials,
            WatcherPlaces.Place place) {
        // The ring comes a moment behind the journal.
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

    /** How far attempts have come. It is not stored, so it has no id, and whoever is away misses it. */
    private Source<ByteString, NotUsed> progress(Predicate<String> printers) {
        return Source.tick(PROGRESS_EVERY, PROGRESS_EVERY, NotUsed.getInstance())
                .<ByteString>statefulMapConcat(() -> {
                    var told = new HashMap<PrinterId, ConnectionStatus.Sending>();
                    return tick -> spooler.board().all().stream()
                            .filter(printer -> printers.test(printer.id().value()))
                            .map(printer -> news(printer, told))
                            .flatMap(Optional::stream)
                            .toList();
                })
                .mapMaterializedValue(timer -> NotUsed.getInstance());
    }

    private static Optional<ByteString> news(PrinterStatus printer, Map<PrinterId, ConnectionStatus.Sending> told) {
        ConnectionStatus.Sending now = printer.line().sending();
        if (now == null) {
            told.remove(printer.id());
            return Optional.empty();
        }
        return now.equals(told.put(printer.id(), now))
                ? Optional.empty()
                : Optional.of(EventFrame.progress(printer.id(), now));
    }

    /** From the journal, then from the ring. */
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

    /** Where a client is. */
    private record Position(long last, boolean ended) {}

    private CompletionStage<Optional<Pair<Position, ByteString>>> next(Position at, Predicate<EventFrame> wanted) {
        if (at.ended()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        long last = at.last();
        CompletionStage<Done> more = ring.more();
        if (ring.isClosed()) {
            return end(last, "closing", "Platen is going down. Connect again when it is up.");
        }
        List<EventFrame> frames = ring.after(last, MOST_TOGETHER);
        if (frames == null) {
            return end(
                    last,
                    "too-slow",
                    "Events come faster than this connection takes them. Connect again with Last-Event-ID.");
        }
        if (frames.isEmpty()) {
            // Looked at again only while the client is there.
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
