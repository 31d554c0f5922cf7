package io.platen.printer.diagnosis;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an attempt that has ended: the input of {@link Diagnosis}.
 *
 * @param end how the attempt ended
 * @param error the exception behind it, where there was one
 * @param confirm the rung at which the printer's jobs count as done
 * @param refused whether the printer refused the data, in words that its language knows
 * @param saidUnknown whether words that its language does not know came right before the end
 * @param documentTaken whether any of the document is known to be taken; where the kernel does not tell, it counts as taken
 * @param confirmed whether the printer has reported the labels printed
 * @param unanswered whether the printer answered no status query at all
 * @param preceded whether bytes that cancel an unfinished format were sent over the connection before the document
 * @param manners how this printer ends connections
 */
public record Evidence(
        End end,
        @Nullable Throwable error,
        ByteCounts bytes,
        Rung confirm,
        @Nullable LastWords lastWords,
        boolean refused,
        boolean saidUnknown,
        boolean documentTaken,
        boolean confirmed,
        boolean unanswered,
        boolean preceded,
        Manners manners,
        @Nullable TcpEvidence tcp,
        Instant at,
        List<TranscriptEntry> transcript) {

    /** Whether the printer refused the document. While it has taken none of it, its words are about something else. */
    public boolean isRefused() {
        return refused && documentTaken;
    }

    /** Whether unknown words came right before the end and may be about the document. */
    public boolean isBrokenOffInWords() {
        return saidUnknown && documentTaken;
    }

    /** How an attempt ended. */
    public enum End {
        /** No connection came about. */
        NOT_CONNECTED,
        /** The printer reset a fresh connection before anything was sent over it. */
        NOT_HELD,
        /** The printer's FIN. */
        PEER_FIN,
        /** An RST, or an error that only an RST makes. */
        RESET,
        /** No answer came any more: retransmissions or probes went unanswered. */
        SILENCE,
        /** The printer answers probes but has taken nothing for longer than its patience. */
        STALL,
        /** Every byte was acknowledged, but the printer did not close in time. */
        CLOSE_TIMEOUT,
        /** Every byte was acknowledged, but the printer did not report the labels as printed in time. */
        NOT_CONFIRMED,
        /** Every byte was acknowledged on a connection that stays open. */
        KEPT_OPEN,
        /** The document could not be read to its end. */
        DOCUMENT_BROKEN,
        /** Platen was told to stop. */
        INTERRUPTED,
        /** The printer's settings were changed while the attempt made no progress. */
        RETIRED
    }
}
