package io.platen.printer.diagnosis;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failed attempt, explained: everything that an operator would otherwise capture packets for.
 *
 * @param message one plain sentence
 * @param errno the socket error, where there was one
 * @param lastWords what the printer said, where it said anything
 * @param tcp what the kernel said at the end, where it could be asked
 * @param refused whether the printer said something that its language knows as a refusal; null where it did not. In
 *     {@link Cause#PRINTER_REJECTED} of versions before this was told apart it is null, too, and was one
 * @param preceded true where the connection began with what cancels an unfinished format: the printer may have refused that; else
 *     null
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

    /** The same, without its transcript. */
    public DeliveryFailure withoutTranscript() {
        return new DeliveryFailure(
                cause, endedBy, confidence, errno, message, bytes, lastWords, tcp, at, List.of(), refused, preceded);
    }

    /** Whether the printer refused the data, in words that its language knows, and can mean nothing but the document. */
    public boolean isRefusalOfTheDocument() {
        return !Boolean.TRUE.equals(preceded) && cause == Cause.PRINTER_REJECTED && !Boolean.FALSE.equals(refused);
    }

    /**
     * Whether it speaks against the document at all: the printer had taken some of it, and ended the send phase with
     * bytes missing. What the network ended does not, nor does what came before the first byte arrived or after the
     * last.
     */
    public boolean speaksAgainstTheDocument() {
        return switch (cause) {
            case CONNECTION_RESET, CLOSED_EARLY, PRINTER_REJECTED ->
                endedBy == EndedBy.PRINTER && bytes.anyTaken() && !bytes.allAcknowledged();
            default -> false;
        };
    }

    /** Whether it says nothing against the connection: the next document needs no pause. */
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
