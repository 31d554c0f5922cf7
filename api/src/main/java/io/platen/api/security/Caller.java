package io.platen.api.security;

import java.util.Set;

/**
 * Who asks.
 *
 * @param name for the audit log: {@code token:ID NAME}, {@code oidc:SUBJECT}, or {@code anonymous}
 * @param key whose limits count: one token, one subject, or one address
 * @param printers the only ones that the caller may use; empty for all
 */
public record Caller(String name, String key, Role role, Set<String> printers) {

    /** Where no credentials are asked for, everybody may do everything. */
    public static Caller anonymous(String address) {
        return new Caller("anonymous", "address:" + address, Role.ADMIN, Set.of());
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
