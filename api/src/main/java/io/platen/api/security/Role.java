package io.platen.api.security;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do; each may do what those before it may. */
public enum Role {
    /** Submits jobs and looks at them; may be limited to some printers. */
    SUBMITTER,
    /** Steers jobs, printers' queues and failure storage. */
    OPERATOR,
    /** Configures printers, and reads the audit log. */
    ADMIN;

    /** Whether it may do what that role may. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** The stored and shown name. */
    @JsonValue
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a name. */
    public static Optional<Role> find(String keyword) {
        return Arrays.stream(values())
                .filter(role -> role.keyword().equals(keyword))
                .findFirst();
    }

    @JsonCreator
    static Role of(String keyword) {
        return find(keyword).orElseThrow(() -> new IllegalArgumentException("There is no role " + keyword));
    }
}
