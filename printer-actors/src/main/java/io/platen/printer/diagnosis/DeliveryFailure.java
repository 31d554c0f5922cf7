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
        List<TranscriptEntry> transcript) {

    /** When in the attempt it happened. */
    public Phase phase() {
        return cause.phase();
    }
}
