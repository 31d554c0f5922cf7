package io.platen.api.security;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do. Each role includes the roles before it. */
public enum Role {
    /** Submits jobs and reads their state; may be limited to some printers. */
    SUBMITTER,
    /** Controls jobs, printers' queues and failure storage. */
    OPERATOR,
    /** Configures printers, and reads the audit log. */
    ADMIN;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** The stored and shown name. */
    @JsonValue
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

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
