package io.platen.printer.diagnosis;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explains a failed attempt, with everything for which an operator would otherwise capture packets.
 *
 * @param message one plain sentence
 * @param errno the socket error, where there was one
 * @param lastWords what the printer said, where it said anything
 * @param tcp what the kernel said at the end, where it could be asked
 * @param refused true when the printer refused the data in words that its language knows; false for {@link
 *     Cause#PRINTER_REJECTED} without such words; else null. Failures that were stored before this field existed have null,
 *     and their {@link Cause#PRINTER_REJECTED} counts as a refusal
 * @param preceded true when bytes that cancel an unfinished format were sent first, which the printer may have refused
 *     instead of the document; else null
 */
public record DeliveryFailure(
        Cause cause,
        EndedBy endedBy,
        Confidence confidence,
        @Nullable Errno errno,
        String message,
        ByteCounts bytes,
        @Nullable LastWords lastWords,
        @Nullable TcpEvidence tcp,
        Instant at,
        List<TranscriptEntry> transcript,
        @Nullable Boolean refused,
        @Nullable Boolean preceded) {

    /** This failure without its transcript. */
    public DeliveryFailure withoutTranscript() {
        return new DeliveryFailure(
                cause, endedBy, confidence, errno, message, bytes, lastWords, tcp, at, List.of(), refused, preceded);
    }

    /** Whether the printer refused the data in words that its language knows, and can only mean the document. */
    public boolean isRefusalOfTheDocument() {
        return !Boolean.TRUE.equals(preceded) && cause == Cause.PRINTER_REJECTED && !Boolean.FALSE.equals(refused);
    }

    /**
     * Whether the document may be the reason: the printer had taken a part of it and then ended the connection with bytes
     * missing. A failure of the network is not the document's fault, nor is a failure before its first byte arrived or after
     * its last.
     */
    public boolean speaksAgainstTheDocument() {
        return switch (cause) {
            case CONNECTION_RESET, CLOSED_EARLY, PRINTER_REJECTED ->
                endedBy == EndedBy.PRINTER && bytes.anyTaken() && !bytes.allAcknowledged();
            default -> false;
        };
    }

    /** Whether the failure is not the connection's fault, so that the next document needs no pause. */
    public boolean leavesConnectionSound() {
        return switch (cause) {
            case PRINTER_REJECTED, INTERRUPTED, NOT_CONFIRMED -> true;
            // A host that is short of file descriptors needs the pause, too.
            case DOCUMENT_UNREADABLE -> errno != Errno.EMFILE;
            case UNKNOWN_HOST,
                    CONNECTION_REFUSED,
                    HOST_UNREACHABLE,
                    CONNECT_TIMEOUT,
                    NO_LOCAL_PORT,
                    CONNECTION_RESET,
                    CONNECTION_ABORTED,
                    CLOSED_EARLY,
                    STALLED,
                    CLOSE_TIMEOUT,
                    RESET_AFTER_SEND -> false;
        };
    }

    /** When in the attempt it happened. */
    public Phase phase() {
        return cause.phase();
    }
}
