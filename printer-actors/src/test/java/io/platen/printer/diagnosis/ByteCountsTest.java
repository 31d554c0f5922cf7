package io.platen.printer.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be concluded from the bytes of an attempt; an empty cell is a kernel that does not tell. */
final class ByteCountsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            # written, acknowledged, total | all acknowledged, unknown, any taken, any sent
              0,       0,            100,    false,            false,   false,     false
              0,        ,            100,    false,            true,    false,     true
              1,       0,            100,    false,            false,   false,     true
              1,        ,            100,    false,            false,   true,      true
              100,     99,           100,    false,            false,   true,      true
              100,     100,          100,    true,             false,   true,      true
              100,      ,            100,    true,             false,   true,      true
              0,       0,            0,      true,             false,   false,     false
            """)
    void tellsHowFarADocumentCame(
            long written,
            @Nullable Long acknowledged,
            long total,
            boolean all,
            boolean unknown,
            boolean anyTaken,
            boolean anySent) {
        var bytes = new ByteCounts(written, acknowledged, total);

        assertThat(bytes.allAcknowledged()).isEqualTo(all);
        assertThat(bytes.areUnknown()).isEqualTo(unknown);
        assertThat(bytes.anyTaken()).isEqualTo(anyTaken);
        assertThat(bytes.anySent()).isEqualTo(anySent);
    }

    @Test
    void nothingHasLeftAtTheStart() {
        assertThat(ByteCounts.none(100).anySent()).isFalse();
        assertThat(ByteCounts.none(100).areUnknown()).isFalse();
    }
}
