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
 * Sends the events of one URL in order, one at a time. It repeats each event until the URL accepts it or the event is given up.
 * All work except {@link #view} runs on the one thread of the webhooks; names are looked up on another.
 */
public final class WebhookTarget {
    private static final int LONGEST_TROUBLE = 300;

    /**
     * Logs with at most one line a minute for each host.
     *
     * @param trouble for events that are sent again
     * @param lost for events that are given up
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
     * A callback as clients see it.
     *
     * @param state {@code ok}, or {@code failing} while the first waiting event is sent again
     * @param dead how many events were given up
     */
    public record TargetView(
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

    synchronized TargetView view(boolean isForAdmin) {
        return new TargetView(
                isForAdmin ? url : shown,
                failingSince == null ? "ok" : "failing",
                waiting.size(),
                delivered,
                dead,
                failingSince,
                trouble,
                lastDeliveredAt);
    }

    synchronized OptionalLong firstWaiting() {
        return waiting.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(waiting.getFirst().id());
    }

    synchronized boolean isIdle() {
        return waiting.isEmpty() && !sending;
    }

    /** Adds an event. If too many wait, the oldest is given up. */
    synchronized void add(WebhookEvent event) {
        if (waiting.size() >= settings.waiting()) {
            giveUp("more than " + settings.waiting() + " events wait");
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
                    .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            // Akka cannot build a request with this URL.
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
                logs.trouble().line(host, "The callback {} does not accept events: {}; trying again", shown, why);
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
        // The event that is being sent may still be accepted, so only its answer decides.
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
                            "Events for {} were given up undelivered, the first is {}: {}",
                            shown,
                            oldest.id(),
                            why);
        }
    }
}
