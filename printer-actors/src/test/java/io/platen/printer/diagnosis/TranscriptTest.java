package io.platen.printer.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.diagnosis.TranscriptEntry.Side;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first and the last 48 entries are kept, as docs/failures.md says. */
final class TranscriptTest {
    private long nanos = 5_000_000_000L;
    private final Transcript transcript = new Transcript(() -> nanos);

    @Test
    void timesCountFromTheStartInMicroseconds() {
        transcript.note(Side.US, "syn", null);
        nanos += 1_234_567;
        transcript.bytes(Side.PRINTER, "reply", 12, "OK");

        assertThat(transcript.entries())
                .containsExactly(
                        new TranscriptEntry("+0.000000s", Side.US, "syn", null, null),
                        new TranscriptEntry("+0.001235s", Side.PRINTER, "reply", 12L, "OK"));
    }

    @Test
    void timesHaveAPointInEveryCountry() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            nanos += 1_500_000_000L;
            transcript.note(Side.US, "close", null);
        } finally {
            Locale.setDefault(before);
        }

        assertThat(transcript.entries().get(0).at()).isEqualTo("+1.500000s");
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "48, 0", "49, 0", "96, 0", "97, 1", "1000, 904"})
    void entriesInTheMiddleAreCountedInsteadOfKept(int noted, int omitted) {
        for (int i = 0; i < noted; i++) {
            transcript.note(Side.US, "e" + i, null);
        }

        var entries = transcript.entries();
        assertThat(entries).hasSize(Math.min(noted, omitted == 0 ? 96 : 97));
        assertThat(entries.get(0).event()).isEqualTo("e0");
        assertThat(entries.get(entries.size() - 1).event()).isEqualTo("e" + (noted - 1));
        if (omitted > 0) {
            assertThat(entries.get(47).event()).isEqualTo("e47");
            assertThat(entries.get(48).event()).isEqualTo("omitted");
            assertThat(entries.get(48).note()).startsWith(omitted + " ");
            assertThat(entries.get(49).event()).isEqualTo("e" + (noted - 48));
        }
    }
}
