package io.platen.printer.diagnosis;

import static io.platen.printer.diagnosis.Phase.CLOSE;
import static io.platen.printer.diagnosis.Phase.CONFIRM;
import static io.platen.printer.diagnosis.Phase.CONNECT;
import static io.platen.printer.diagnosis.Phase.LOCAL;
import static io.platen.printer.diagnosis.Phase.SEND;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** Why a delivery failed, with the codes that Windows and Loftware would have shown for it. */
public enum Cause {
    UNKNOWN_HOST(CONNECT, 11001, null),
    CONNECTION_REFUSED(CONNECT, 10061, null),
    HOST_UNREACHABLE(CONNECT, 10065, null),
    CONNECT_TIMEOUT(CONNECT, 10060, null),
    NO_LOCAL_PORT(CONNECT, 10049, null),
    CONNECTION_RESET(SEND, 10054, "M1556"),
    CONNECTION_ABORTED(SEND, 10053, "M1556"),
    CLOSED_EARLY(SEND, 0, null),
    PRINTER_REJECTED(SEND, 0, null),
    STALLED(SEND, 0, null),
    CLOSE_TIMEOUT(CLOSE, 0, "M1556"),
    RESET_AFTER_SEND(CLOSE, 10054, "M1556"),
    NOT_CONFIRMED(CONFIRM, 0, null),
    DOCUMENT_UNREADABLE(LOCAL, 0, null),
    /** Platen itself was stopped or killed during the attempt. */
    INTERRUPTED(LOCAL, 0, null);

    private final Phase phase;
    private final int wsa;
    private final @Nullable String loftware;

    Cause(Phase phase, int wsa, @Nullable String loftware) {
        this.phase = phase;
        this.wsa = wsa;
        this.loftware = loftware;
    }

    /** When in an attempt this happens. */
    public Phase phase() {
        return phase;
    }

    /** The Windows Sockets number, or null where Windows has none. */
    public @Nullable Integer wsa(@Nullable Errno errno) {
        if (this == HOST_UNREACHABLE && errno != null) {
            return errno.wsa();
        }
        return wsa == 0 ? null : wsa;
    }

    /** The code that Loftware's print server shows for it, or null. */
    public @Nullable String loftware() {
        return loftware;
    }

    /** The stored and shown name. */
    @JsonValue
    public String keyword() {
        return Keywords.of(this);
    }
}
