package io.platen.api.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One URL: its events in order, one after another, each again and again until it is taken or given up. Used on the
 * webhooks' one thread, but for {@link #view}.
 */
final class WebhookTarget {
    private static final Logger log = LoggerFactory.getLogger(WebhookTarget.class);
    private static final int LONGEST_TROUBLE = 300;

    private final String url;
    private final WebhookSettings settings;
    private final WebhookSecret secret;
    private final HttpClient http;
    private final ScheduledExecutorService thread;
    private final Deque<WebhookEvent> waiting = new ArrayDeque<>();
    private boolean sending;
    private int failures;
    private long delivered;
    private long dead;
    private @Nullable Instant failingSince;
    private @Nullable String trouble;
    private @Nullable Instant lastDeliveredAt;

    /**
     * As clients see it.
     *
     * @param state {@code ok}, or {@code failing} while the first of the waiting events is tried again
     * @param dead events that were given up
     */
    record View(
            String url,
            String state,
            int waiting,
            long delivered,
            long dead,
            @Nullable Instant failingSince,
            @Nullable String trouble,
            @Nullable Instant lastDeliveredAt) {}

    WebhookTarget(
            String url,
            WebhookSettings settings,
            WebhookSecret secret,
            HttpClient http,
            ScheduledExecutorService thread) {
        this.url = url;
        this.settings = settings;
        this.secret = secret;
        this.http = http;
        this.thread = thread;
    }

    synchronized View view() {
        return new View(
                url,
                failingSince == null ? "ok" : "failing",
                waiting.size(),
                delivered,
                dead,
                failingSince,
                trouble,
                lastDeliveredAt);
    }

    /** The id of the first event that is not delivered; all when there is none. */
    synchronized long firstWaiting(long all) {
        return waiting.isEmpty() ? all : Math.min(all, waiting.peekFirst().id());
    }

    /** Adds an event. When too many wait, the oldest is given up. */
    synchronized void add(WebhookEvent event) {
        if (waiting.size() >= settings.waiting()) {
            giveUp("more than " + settings.waiting() + " wait");
        }
        waiting.addLast(event);
        if (!sending) {
            sending = true;
            thread.execute(this::send);
        }
    }

    private void send() {
        WebhookEvent event;
        synchronized (this) {
            event = waiting.peekFirst();
            if (event == null) {
                sending = false;
                return;
            }
        }
        try {
            URI uri = URI.create(url);
            if (!settings.allowPrivate()) {
                PublicAddresses.require(uri);
            }
            var unused = http.sendAsync(request(uri, event), BodyHandlers.discarding())
                    .whenCompleteAsync(
                            (response, failure) -> {
                                if (failure != null) {
                                    failed(event, String.valueOf(failure.getMessage()));
                                } else if (response.statusCode() / 100 == 2) {
                                    taken(event);
                                } else {
                                    failed(event, "It answered " + response.statusCode());
                                }
                            },
                            thread);
        } catch (IOException | IllegalArgumentException e) {
            failed(event, String.valueOf(e.getMessage()));
        }
    }

    private HttpRequest request(URI uri, WebhookEvent event) {
        var request = HttpRequest.newBuilder(uri)
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .header("User-Agent", "Platen")
                .header("Platen-Event", event.type())
                .header("Platen-Event-Id", Long.toString(event.id()))
                .header("Platen-Signature", secret.sign(Instant.now().getEpochSecond(), event.body()));
        if (event.traceparent() != null) {
            request.header("traceparent", event.traceparent());
        }
        return request.POST(BodyPublishers.ofByteArray(event.body())).build();
    }

    private void taken(WebhookEvent event) {
        synchronized (this) {
            waiting.remove(event);
            delivered++;
            failures = 0;
            failingSince = null;
            trouble = null;
            lastDeliveredAt = Instant.now();
        }
        send();
    }

    private void failed(WebhookEvent event, String why) {
        Duration pause;
        synchronized (this) {
            Instant now = Instant.now();
            if (failingSince == null) {
                failingSince = now;
                log.warn("The callback {} does not take event {}: {}; trying again", url, event.id(), why);
            }
            trouble = why.length() > LONGEST_TROUBLE ? why.substring(0, LONGEST_TROUBLE) : why;
            if (Duration.between(event.at(), now).compareTo(settings.giveUpAfter()) > 0
                    && event.equals(waiting.peekFirst())) {
                giveUp(why);
            }
            pause = settings.firstRetry().multipliedBy(1L << Math.min(failures, 20));
            failures++;
        }
        long millis = Math.min(pause.toMillis(), settings.longestRetry().toMillis());
        var unused = thread.schedule(this::send, millis, TimeUnit.MILLISECONDS);
    }

    private void giveUp(String why) {
        WebhookEvent oldest = waiting.pollFirst();
        if (oldest != null) {
            dead++;
            log.error(
                    "Event {} ({}) was not delivered to {} and is given up: {}", oldest.id(), oldest.type(), url, why);
        }
    }
}
