package io.platen.api.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event for a callback.
 *
 * @param id the event's ordinal in the journal
 * @param at when it happened
 * @param body the same JSON as in Server-Sent Events
 */
record WebhookEvent(
        long id,
        String type,
        Instant at,
        byte[] body,
        @Nullable String traceparent) {
    @Override
    public boolean equals(Object other) {
        return other instanceof WebhookEvent event && event.id == id;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }
}
