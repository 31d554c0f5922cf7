package io.platen.api.webhook;

import akka.actor.typed.ActorSystem;
import akka.stream.KillSwitches;
import akka.stream.RestartSettings;
import akka.stream.UniqueKillSwitch;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.RestartSource;
import akka.stream.javadsl.Sink;
import io.platen.api.events.EventFrame;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.Spooler;
import io.platen.spooler.Spooler.Published;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterEvent.JobEvent;
import io.platen.spooler.job.PrinterEvent.JobSubmitted;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the callbacks of printers and jobs what happens: from the journal, at least once, each URL in order and at its
 * own pace. How far all have come is kept in a file; after a crash some events are sent again.
 */
public final class Webhooks implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);
    private static final long SAVE_EVERY_SECONDS = 1;

    private final Spooler spooler;
    private final WebhookSettings settings;
    private final WebhookSecret secret;
    private final Path place;
    private final ScheduledExecutorService thread;
    private final HttpClient http;
    private final Map<String, WebhookTarget> targets = new ConcurrentHashMap<>();
    private final AtomicLong last;
    private final UniqueKillSwitch following;
    private long saved;

    private Webhooks(ActorSystem<?> system, Spooler spooler, WebhookSettings settings) throws IOException {
        this.spooler = spooler;
        this.settings = settings;
        this.secret = WebhookSecret.in(settings.directory());
        this.place = settings.directory().resolve("place");
        this.saved =
                Files.exists(place) ? Long.parseLong(Files.readString(place).strip()) : spooler.lastEvent();
        this.last = new AtomicLong(saved);
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            var worker = new Thread(work, "webhooks");
            worker.setDaemon(true);
            return worker;
        });
        this.http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .executor(thread)
                .build();
        this.following = RestartSource.onFailuresWithBackoff(
                        RestartSettings.create(FIRST_RETRY, LAST_RETRY, 0.2), () -> spooler.liveEventsAfter(last.get()))
                .viaMat(KillSwitches.single(), Keep.right())
                .toMat(Sink.foreach(this::published), Keep.left())
                .run(system);
        var unused =
                thread.scheduleWithFixedDelay(this::save, SAVE_EVERY_SECONDS, SAVE_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Goes on where it was. */
    public static Webhooks start(ActorSystem<?> system, Spooler spooler, WebhookSettings settings) throws IOException {
        return new Webhooks(system, spooler, settings);
    }

    /** How the callbacks are that there were events for since the start. */
    public List<?> view() {
        return targets.values().stream().map(WebhookTarget::view).toList();
    }

    private void published(Published published) {
        Set<String> urls = new LinkedHashSet<>();
        PrinterStatus printer = spooler.board().find(published.printer()).orElse(null);
        if (printer != null && printer.profile().callback() != null) {
            urls.add(printer.profile().callback());
        }
        JobTicket ticket = ticket(published, printer);
        if (ticket != null && ticket.callback() != null) {
            urls.add(ticket.callback());
        }
        if (!urls.isEmpty()) {
            EventFrame frame = EventFrame.of(published, spooler.board());
            var event = new WebhookEvent(
                    frame.id(),
                    frame.type(),
                    published.event().at(),
                    frame.json().toArray(),
                    ticket == null ? null : ticket.traceparent());
            for (String url : urls) {
                targets.computeIfAbsent(url, any -> new WebhookTarget(url, settings, secret, http, thread))
                        .add(event);
            }
        }
        last.set(published.id());
    }

    private static @Nullable JobTicket ticket(Published published, @Nullable PrinterStatus printer) {
        if (published.event() instanceof JobSubmitted submitted) {
            return submitted.ticket();
        }
        return published.event() instanceof JobEvent about && printer != null
                ? printer.queue().jobs().find(about.job()).map(PrintJob::ticket).orElse(null)
                : null;
    }

    /** All before this place are delivered, or given up. */
    private void save() {
        long reached = last.get();
        for (WebhookTarget target : targets.values()) {
            reached = Math.min(reached, target.firstWaiting(Long.MAX_VALUE) - 1);
        }
        if (reached == saved) {
            return;
        }
        try {
            Path part = place.resolveSibling("place.part");
            Files.writeString(part, Long.toString(reached));
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            saved = reached;
        } catch (IOException e) {
            log.warn("How far the callbacks have come cannot be kept: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        following.shutdown();
        thread.execute(this::save);
        thread.shutdown();
    }
}
