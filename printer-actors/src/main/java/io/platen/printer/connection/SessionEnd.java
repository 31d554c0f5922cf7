package io.platen.printer.connection;

import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Evidence.End;
import org.jspecify.annotations.Nullable;

/** How a session ends, as far as it has been seen: what the socket's last words add is known only after the close. */
final class SessionEnd {
    private End seen = End.RESET;
    private @Nullable Throwable error;
    private boolean resetSwallowed;

    /** The session ends like this. */
    void is(End how) {
        seen = how;
    }

    End seen() {
        return seen;
    }

    /** The document's error: whatever the connection said before does not matter any more. */
    void failsForDocument(Throwable cause) {
        error = cause;
    }

    /** The connection's error; the first one is the reason, those that follow are its echo. Whether it is the first. */
    boolean failsWith(Throwable cause) {
        if (error != null) {
            return false;
        }
        error = cause;
        return true;
    }

    @Nullable
    Throwable error() {
        return error;
    }

    /** A sample has taken the error of an RST: the read that follows sees the end of the stream, which is no FIN. */
    void swallowsReset() {
        resetSwallowed = true;
    }

    boolean hasSwallowedReset() {
        return resetSwallowed;
    }

    /** Whether we end it for a reason that is not the connection's: what the printer did does not matter then. */
    boolean isOurs() {
        return seen == End.INTERRUPTED || seen == End.RETIRED || seen == End.CLOSE_TIMEOUT;
    }

    /** Whether the printer seemed to have ended in order. */
    boolean isFin() {
        return seen == End.PEER_FIN;
    }

    /**
     * The end, once the socket is closed.
     *
     * @param peerFinished whether the printer's FIN had come
     * @param allAcknowledged whether the printer's TCP has everything
     */
    End settled(boolean peerFinished, boolean allAcknowledged) {
        if (isOurs()) {
            return seen;
        }
        End end = error != null && seen == End.PEER_FIN ? End.RESET : seen;
        // The FIN came before the printer had everything, and the RST behind it was its kernel's answer to the rest, as
        // EPIPE tells. An RST without a FIN before it is ECONNRESET.
        boolean isClosedEarly = end == End.RESET && peerFinished && Errno.of(error) == Errno.EPIPE && !allAcknowledged;
        return isClosedEarly ? End.PEER_FIN : end;
    }
}
