package io.platen.api.security;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a request.
 *
 * @param name for the audit log: {@code token:ID NAME}, {@code oidc:SUBJECT}, or {@code anonymous}
 * @param key what limits are counted for: a token, a subject, or an address
 * @param printers the only printers that the caller may use; empty for all
 */
public record Caller(String name, String key, Role role, Set<String> printers) {

    private static final String ANONYMOUS = "anonymous";

    /** A server without credentials allows everybody everything. */
    public static Caller anonymous(String address) {
        return new Caller(ANONYMOUS, "address:" + address, Role.ADMIN, Set.of());
    }

    /** A caller whose credentials were refused, with the id of the API token if one was sent. */
    public static Caller refused(@Nullable String authorization, String address) {
        String name = Authenticator.presented(authorization)
                .map(id -> "token:" + id + " (refused)")
                .orElse(ANONYMOUS);
        return new Caller(name, "address:" + address, Role.SUBMITTER, Set.of());
    }

    /** The owner of the caller's idempotency keys. Null for anonymous callers, whose address may change between requests. */
    public @Nullable String keyOwner() {
        return name.equals(ANONYMOUS) ? null : key;
    }

    public boolean mayUse(String printer) {
        return printers.isEmpty() || printers.contains(printer);
    }

    /** Whether the caller may use some printers only. */
    public boolean isLimited() {
        return !printers.isEmpty();
    }
}
