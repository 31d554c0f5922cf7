package io.platen.api.security;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param name for the audit log: {@code token:ID NAME}, {@code oidc:SUBJECT}, or {@code anonymous}
 * @param key whose limits count: one token, one subject, or one address
 * @param printers the only ones that the caller may use; empty for all
 */
public record Caller(String name, String key, Role role, Set<String> printers) {

    private static final String ANONYMOUS = "anonymous";

    /** Where no credentials are asked for, everybody may do everything. */
    public static Caller anonymous(String address) {
        return new Caller(ANONYMOUS, "address:" + address, Role.ADMIN, Set.of());
    }

    /** Somebody whose credentials were refused, by the id of the token that was shown, if it looked like one. */
    public static Caller refused(@Nullable String authorization, String address) {
        String name = Authenticator.presented(authorization)
                .map(id -> "token:" + id + " (refused)")
                .orElse(ANONYMOUS);
        return new Caller(name, "address:" + address, Role.SUBMITTER, Set.of());
    }

    /** Whose idempotency keys they are: a submitter that shows no credentials may come from another address the next time. */
    public @Nullable String keyOwner() {
        return name.equals(ANONYMOUS) ? null : key;
    }

    /** Whether this caller may use a printer. */
    public boolean mayUse(String printer) {
        return printers.isEmpty() || printers.contains(printer);
    }

    /** Whether there are printers that this caller may not use. */
    public boolean isLimited() {
        return !printers.isEmpty();
    }
}
