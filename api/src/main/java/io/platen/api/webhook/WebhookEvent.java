package io.platen.api.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way.
 *
 * @param id its ordinal in the journal
 * @param at when it happened
 * @param body its JSON, as Server-Sent Events have it
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
