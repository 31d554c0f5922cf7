package io.platen.printer.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.diagnosis.TranscriptEntry.Side;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a failure says about the document: condemns it, speaks against it, or neither. */
final class DeliveryFailureTest {

    /** Empty: as versions wrote it that did not yet tell refusals apart. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # cause,            refused, after a cancel | refuses the document
              PRINTER_REJECTED, true,    ,                true
              PRINTER_REJECTED, ,        ,                true
              PRINTER_REJECTED, false,   ,                false
              PRINTER_REJECTED, true,    true,            false
              CONNECTION_RESET, true,    ,                false
              STALLED,          ,        ,                false
            """)
    void onlyARefusalInKnownWordsRefusesTheDocument(
            Cause cause, @Nullable Boolean refused, @Nullable Boolean preceded, boolean isRefusal) {
        var failure =
                FailureFixture.of(cause).refused(refused).preceded(preceded).build();

        assertThat(failure.isRefusalOfTheDocument()).isEqualTo(isRefusal);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # ended by, acknowledged of 1,000 | speaks against it
              PRINTER,  400,                    true
              PRINTER,  1,                      true
              PRINTER,  999,                    true
              PRINTER,  0,                      false
              PRINTER,  1000,                   false
              NETWORK,  400,                    false
              PLATEN,   400,                    false
            """)
    void resetSpeaksAgainstTheDocumentWhereThePrinterBrokeItOff(EndedBy endedBy, long acknowledged, boolean speaks) {
        var failure = FailureFixture.of(Cause.CONNECTION_RESET)
                .endedBy(endedBy)
                .bytes(1000, acknowledged)
                .build();

        assertThat(failure.speaksAgainstTheDocument()).isEqualTo(speaks);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CONNECTION_RESET", "CLOSED_EARLY", "PRINTER_REJECTED"})
    void otherCausesNeverSpeakAgainstTheDocument(Cause cause) {
        assertThat(FailureFixture.of(cause).build().speaksAgainstTheDocument()).isFalse();
    }

    @Test
    void transcriptCanBeLeftOutAndAllElseStays() {
        var entry = new TranscriptEntry("+0.000000s", Side.US, "syn", null, null);
        var full = new DeliveryFailure(
                Cause.STALLED,
                EndedBy.PLATEN,
                Confidence.CERTAIN,
                Errno.ETIMEDOUT,
                "why",
                new ByteCounts(3, 2L, 4),
                new LastWords("a", "61", 1),
                TcpEvidence.unknown(),
                Instant.EPOCH,
                List.of(entry),
                true,
                true);

        assertThat(full.withoutTranscript())
                .usingRecursiveComparison()
                .ignoringFields("transcript")
                .isEqualTo(full);
        assertThat(full.withoutTranscript().transcript()).isEmpty();
    }
}
