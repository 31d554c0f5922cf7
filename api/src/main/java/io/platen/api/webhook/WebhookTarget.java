package io.platen.api.webhook;

import io.platen.api.evidence.PacedLog;
import io.platen.api.wire.CallbackUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One URL: its events in order, one after another, each again and again until it is taken or given up. Used on the
 * webhooks' one thread, but for {@link #view}; names are looked up on another.
 */
public final class WebhookTarget {
    private static final int LONGEST_TROUBLE = 300;

    /**
     * What is said, one line a minute for each host.
     *
     * @param trouble an event is tried again
     * @param lost one is given up
     */
    record Logs(PacedLog trouble, PacedLog lost) {}

    private final String url;
    private final String shown;
    private final String host;
    private final Logs logs;
    private final WebhookSettings settings;
    private final WebhookSecret secret;
    private final CallbackClient http;
    private final ScheduledExecutorService thread;
    private final Deque<WebhookEvent> waiting = new ArrayDeque<>();
    private boolean sending;
    private @Nullable WebhookEvent underWay;
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
            CallbackClient http,
            Logs logs,
            ScheduledExecutorService thread) {
        this.url = url;
        this.shown = CallbackUrl.shown(url);
        this.host = CallbackUrl.host(url);
        this.logs = logs;
        this.settings = settings;
        this.secret = secret;
        this.http = http;
        this.thread = thread;
    }

    synchronized View view(boolean isForAdmin) {
        return new View(
                isForAdmin ? url : CallbackUrl.shown(url),
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
            underWay = event;
            if (event == null) {
                sending = false;
                return;
            }
        }
        var unused = post(event)
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

    private CompletableFuture<Integer> post(WebhookEvent event) {
        String signature = secret.sign(Instant.now().getEpochSecond(), event.body());
        try {
            return http.post(url, event, signature, thread)
                    .toCompletableFuture()
                    .copy()
                    .orTimeout(http.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            // A URL that no request can be made of.
            return CompletableFuture.failedFuture(e);
        }
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
            underWay = null;
            Instant now = Instant.now();
            if (failingSince == null) {
                failingSince = now;
                logs.trouble().line(host, "The callback {} does not take events: {}; trying again", shown, why);
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
        // The one that is being sent may be taken: only its answer decides.
        WebhookEvent oldest = waiting.stream()
                .filter(event -> underWay == null || event.id() != underWay.id())
                .findFirst()
                .orElse(null);
        if (oldest != null) {
            waiting.remove(oldest);
            dead++;
            logs.lost()
                    .line(
                            host,
                            "Events were not delivered to {} and are given up, the first is {}: {}",
                            shown,
                            oldest.id(),
                            why);
        }
    }
}
