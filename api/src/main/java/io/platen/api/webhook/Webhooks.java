package io.platen.api.webhook;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.stream.KillSwitches;
import akka.stream.RestartSettings;
import akka.stream.UniqueKillSwitch;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.RestartSource;
import akka.stream.javadsl.Sink;
import io.platen.api.events.EventFrame;
import io.platen.api.evidence.PacedLog;
import io.platen.api.wire.CallbackUrl;
import io.platen.spooler.Spooler;
import io.platen.spooler.Spooler.Published;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Sends events from the journal to the callbacks of printers and jobs, at least once. Each URL gets its events in order and at
 * its own pace. A file keeps the progress of each URL; after a crash some events are sent again.
 */
public final class Webhooks implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);
    private static final long SAVE_EVERY_SECONDS = 1;
    private static final long SAVE_WITHIN_SECONDS = 2;

    /** How often the log mentions one host that does not accept events. */
    private static final Duration LOG_EVERY = Duration.ofMinutes(1);

    /** If there are more URLs, those without waiting events are forgotten. */
    private static final int TARGETS_SHOWN = 1_000;

    private final Spooler spooler;
    private final WebhookSettings settings;
    private final WebhookSecret secret;
    private final Path file;

    /** The progress at the start. */
    private final CallbackPlaces started;

    private final ScheduledExecutorService thread;
    private final CallbackClient http;
    private final CallbackShares shares;
    private final PacedLog lost = new PacedLog(log, Level.ERROR, LOG_EVERY, System::nanoTime);
    private final PacedLog paced = new PacedLog(log, Level.WARN, LOG_EVERY, System::nanoTime);
    private final Map<String, WebhookTarget> targets = new ConcurrentHashMap<>();
    private final AtomicLong last;
    private final Callbacks callbacks;
    private final UniqueKillSwitch following;
    private CallbackPlaces saved;

    private Webhooks(ActorSystem<?> system, Spooler spooler, WebhookSettings settings) throws IOException {
        this.spooler = spooler;
        this.settings = settings;
        this.secret = WebhookSecret.in(settings.directory());
        this.file = settings.directory().resolve("places.json");
        this.started = places();
        this.saved = started;
        this.last = new AtomicLong(started.first());
        this.shares = new CallbackShares(settings.urls(), settings.urlsPerCaller(), this::isIdle, System::nanoTime);
        this.callbacks = Callbacks.of(spooler.board());
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            var worker = new Thread(work, "webhooks");
            worker.setDaemon(true);
            return worker;
        });
        Executor names = system.dispatchers().lookup(DispatcherSelector.fromConfig("platen.webhooks.names-dispatcher"));
        this.http = new CallbackClient(system, settings, InetAddress::getAllByName, names);
        this.following = RestartSource.onFailuresWithBackoff(
                        RestartSettings.create(FIRST_RETRY, LAST_RETRY, 0.2),
                        () -> spooler.liveEventsAfter(last.get()).map(published -> {
                            published(published);
                            return published;
                        }))
                .viaMat(KillSwitches.single(), Keep.right())
                .toMat(Sink.ignore(), Keep.left())
                .run(system);
        var unused =
                thread.scheduleWithFixedDelay(this::save, SAVE_EVERY_SECONDS, SAVE_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Continues where the last run ended. */
    public static Webhooks start(ActorSystem<?> system, Spooler spooler, WebhookSettings settings) throws IOException {
        return new Webhooks(system, spooler, settings);
    }

    /** Forgets URLs without waiting events; true if there were any. */
    private boolean forgetIdle() {
        int before = targets.size();
        targets.keySet()
                .forEach(url -> targets.computeIfPresent(url, (any, target) -> target.isIdle() ? null : target));
        return targets.size() < before;
    }

    /** Counts a URL for a submitter; false if a limit is reached. */
    public boolean mayCall(String caller, String url) {
        return shares.take(caller, url);
    }

    private boolean isIdle(String url) {
        WebhookTarget target = targets.get(url);
        return target == null || target.isIdle();
    }

    /** The callbacks that have had events since the start, by a key that is the whole URL for admins only. */
    public SortedMap<String, WebhookTarget.TargetView> view(boolean isForAdmin) {
        var views = new TreeMap<String, WebhookTarget.TargetView>();
        targets.forEach((url, target) -> views.put(
                isForAdmin ? url : CallbackUrl.shown(url) + "#" + Integer.toHexString(url.hashCode()),
                target.view(isForAdmin)));
        return views;
    }

    private void published(Published published) {
        Callbacks.Told told = callbacks.told(published);
        if (!told.urls().isEmpty()) {
            EventFrame frame = EventFrame.of(published, spooler.board());
            var event = new WebhookEvent(
                    frame.id(),
                    frame.type(),
                    published.event().at(),
                    frame.json().toArray(),
                    told.traceparent());
            for (String url : told.urls()) {
                if (started.has(url, event.id())) {
                    continue;
                }
                if (!targets.containsKey(url) && targets.size() >= settings.urls() && !forgetIdle()) {
                    lost.line(
                            CallbackUrl.host(url),
                            "Event {} is not sent to {}: too many callback URLs have undelivered events (platen.webhooks.urls)",
                            event.id(),
                            CallbackUrl.shown(url));
                    continue;
                }
                targets.compute(url, (any, old) -> {
                    WebhookTarget target = old == null
                            ? new WebhookTarget(
                                    url, settings, secret, http, new WebhookTarget.Logs(paced, lost), thread)
                            : old;
                    target.add(event);
                    return target;
                });
            }
        }
        last.set(published.id());
    }

    /** Saves nothing until the events of the last run are read again; until then the file is right. */
    private void save() {
        long reached = last.get();
        Map<String, Long> behind = new TreeMap<>();
        targets.forEach((url, target) -> target.firstWaiting().ifPresent(first -> behind.put(url, first)));
        if (targets.size() > TARGETS_SHOWN) {
            var unused = forgetIdle();
        }
        var places = CallbackPlaces.of(reached, behind);
        if (reached < started.reached() || places.equals(saved)) {
            return;
        }
        try {
            places.write(file);
            saved = places;
        } catch (IOException e) {
            log.warn("The progress of the callbacks cannot be saved: {}", e.getMessage());
        }
    }

    /** The saved progress. The first start begins with the events from now on. */
    private CallbackPlaces places() throws IOException {
        if (Files.exists(file)) {
            return CallbackPlaces.read(file);
        }
        CallbackPlaces first = CallbackPlaces.at(spooler.lastEvent());
        first.write(file);
        return first;
    }

    @Override
    public void close() {
        following.shutdown();
        try {
            thread.submit(this::save).get(SAVE_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.warn("The progress of the callbacks was not saved; some events will be sent again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.shutdown();
    }
}
