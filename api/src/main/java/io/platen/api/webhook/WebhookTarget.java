package io.platen.api.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One URL: its events in order, one after another, each again and again until it is taken or given up. Used on the
 * webhooks' one thread, but for {@link #view}; names are looked up on another.
 */
public final class WebhookTarget {
    private static final Logger log = LoggerFactory.getLogger(WebhookTarget.class);
    private static final int LONGEST_TROUBLE = 300;

    private final String url;
    private final WebhookSettings settings;
    private final WebhookSecret secret;
    private final HttpClient http;
    private final ScheduledExecutorService thread;
    private final Executor blocking;
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
    public record View(
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
            ScheduledExecutorService thread,
            Executor blocking) {
        this.url = url;
        this.settings = settings;
        this.secret = secret;
        this.http = http;
        this.thread = thread;
        this.blocking = blocking;
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

    /** The id of the first event that is not delivered. */
    synchronized OptionalLong firstWaiting() {
        return waiting.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(waiting.getFirst().id());
    }

    /** Whether nothing waits. */
    synchronized boolean isIdle() {
        return waiting.isEmpty() && !sending;
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
        var unused = CompletableFuture.supplyAsync(this::address, blocking)
                .thenComposeAsync(uri -> post(uri, event), thread)
                .whenCompleteAsync(
                        (status, failure) -> {
                            if (failure != null) {
                                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                                failed(
                                        cause instanceof TimeoutException
                                                ? "No answer in time"
                                                : String.valueOf(cause.getMessage()));
                            } else if (status / 100 == 2) {
                                taken(event);
                            } else {
                                failed("It answered " + status);
                            }
                        },
                        thread);
    }

    /** The URL, when it may be called. Blocks while its name is looked up. */
    private URI address() {
        try {
            URI uri = URI.create(url);
            if (!settings.allowPrivate()) {
                PublicAddresses.require(uri);
            }
            return uri;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** The request's own timeout ends with the head of the answer; this one is for all of it. */
    private CompletableFuture<Integer> post(URI uri, WebhookEvent event) {
        CompletableFuture<HttpResponse<Void>> sent = http.sendAsync(request(uri, event), BodyHandlers.discarding());
        return sent.copy()
                .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .handleAsync(
                        (response, failure) -> {
                            if (failure != null) {
                                sent.cancel(true);
                                throw new CompletionException(failure);
                            }
                            return response.statusCode();
                        },
                        thread);
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

    private void failed(String why) {
        Duration pause;
        synchronized (this) {
            Instant now = Instant.now();
            if (failingSince == null) {
                failingSince = now;
                log.warn("The callback {} does not take events: {}; trying again", url, why);
            }
            trouble = why.length() > LONGEST_TROUBLE ? why.substring(0, LONGEST_TROUBLE) : why;
            Instant tooOld = now.minus(settings.giveUpAfter());
            while (!waiting.isEmpty() && waiting.peekFirst().at().isBefore(tooOld)) {
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
