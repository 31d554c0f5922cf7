package io.platen.printer.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.diagnosis.Evidence.End;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words are about the document only where some of it was taken. */
final class EvidenceTest {

    @ParameterizedTest
    @CsvSource({"true, true, true", "true, false, false", "false, true, false", "false, false, false"})
    void wordsNeedATakenDocument(boolean said, boolean documentTaken, boolean isAboutIt) {
        assertThat(seen(said, false, documentTaken).isRefused()).isEqualTo(isAboutIt);
        assertThat(seen(said, false, documentTaken).isBrokenOffInWords()).isFalse();
        assertThat(seen(false, said, documentTaken).isBrokenOffInWords()).isEqualTo(isAboutIt);
        assertThat(seen(false, said, documentTaken).isRefused()).isFalse();
    }

    private static Evidence seen(boolean refused, boolean saidUnknown, boolean documentTaken) {
        return new Evidence(
                End.RESET,
                null,
                new ByteCounts(100, 50L, 100),
                Rung.ACKNOWLEDGED,
                null,
                refused,
                saidUnknown,
                documentTaken,
                false,
                false,
                false,
                Manners.UNKNOWN,
                null,
                Instant.EPOCH,
                List.of());
    }
}
