package io.platen.printer.connection;

import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Evidence.End;
import org.jspecify.annotations.Nullable;

/** How a session ends. The kernel's last sample can still change it, so {@link #settled} is known only after the close. */
final class SessionEnd {
    private End seen = End.RESET;
    private @Nullable Throwable error;
    private boolean resetSwallowed;

    void is(End how) {
        seen = how;
    }

    End seen() {
        return seen;
    }

    /** The document could not be read. This error replaces any error of the connection. */
    void failsForDocument(Throwable cause) {
        error = cause;
    }

    /** The connection has failed. Only the first error counts, as the later ones follow from it. Returns whether this is the first. */
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

    /** A sample has taken the error of an RST from the socket. The next read then sees an end of stream that is no FIN. */
    void swallowsReset() {
        resetSwallowed = true;
    }

    boolean hasSwallowedReset() {
        return resetSwallowed;
    }

    /** Whether Platen ends the session for a reason of its own. Then what the printer did does not matter. */
    boolean isOurs() {
        return seen == End.INTERRUPTED || seen == End.RETIRED || seen == End.CLOSE_TIMEOUT;
    }

    /**
     * How the session ended. To be asked when the socket is closed.
     *
     * @param peerFinished whether the printer's FIN had come
     * @param allAcknowledged whether the printer's TCP has acknowledged every byte
     */
    End settled(boolean peerFinished, boolean allAcknowledged) {
        if (isOurs()) {
            return seen;
        }
        End end = error != null && seen == End.PEER_FIN ? End.RESET : seen;
        // EPIPE: the FIN came before the printer had every byte, and the RST was its kernel's answer to the other
        // bytes.
        // An RST without a FIN before it is ECONNRESET.
        boolean isClosedEarly = end == End.RESET && peerFinished && Errno.of(error) == Errno.EPIPE && !allAcknowledged;
        return isClosedEarly ? End.PEER_FIN : end;
    }
}
