package io.platen.spooler.job;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.Keywords;
import io.platen.printer.diagnosis.LastWords;
import io.platen.printer.diagnosis.Phase;
import io.platen.printer.diagnosis.Rung;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to deliver a job.
 *
 * @param outcome null while it is under way
 * @param failure what went wrong; for a delivered attempt, its warning
 * @param verdict what follows from the failure; null without one
 * @param lastWords the printer's last words during a delivered attempt; those of a failed one are in its failure
 */
public record JobAttempt(
        int number,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Outcome outcome,
        @Nullable Rung rung,
        @Nullable ByteCounts bytes,
        @Nullable DeliveryFailure failure,
        @Nullable Verdict verdict,
        @Nullable LastWords lastWords) {
    /** How many characters of the last words are kept for a delivered attempt. Most attempts are. */
    private static final int WORDS_KEPT = 256;

    public enum Outcome {
        DELIVERED,
        FAILED,
        IN_DOUBT,
        CANCELED;

        /** The stored and shown name. */
        @JsonValue
        public String keyword() {
            return Keywords.of(this);
        }
    }

    static JobAttempt started(int number, Instant at) {
        return new JobAttempt(number, at, null, null, null, null, null, null, null);
    }

    JobAttempt ended(
            Instant at,
            Outcome how,
            @Nullable Rung reached,
            @Nullable ByteCounts counts,
            @Nullable DeliveryFailure why,
            @Nullable Verdict meaning,
            @Nullable LastWords words) {
        return new JobAttempt(
                number,
                startedAt,
                at,
                how,
                reached,
                counts,
                why,
                meaning,
                words == null ? null : words.atMost(WORDS_KEPT));
    }

    /** Whether the attempt counts against the printer's limit. An unreachable printer or a stop of Platen does not count. */
    boolean counts() {
        if (failure == null) {
            return false;
        }
        return switch (failure.cause()) {
            case INTERRUPTED, DOCUMENT_UNREADABLE -> false;
            default -> failure.phase() != Phase.CONNECT;
        };
    }

    JobAttempt withoutTranscript() {
        if (failure == null || failure.transcript().isEmpty()) {
            return this;
        }
        return new JobAttempt(
                number, startedAt, endedAt, outcome, rung, bytes, failure.withoutTranscript(), verdict, lastWords);
    }
}
