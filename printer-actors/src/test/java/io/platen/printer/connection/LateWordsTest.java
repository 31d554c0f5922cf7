package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LateWordsTest {
    private final LateWords late = new LateWords();

    /** The words came at 100; whether something of this document is acknowledged, and when the kernel was asked. */
    @ParameterizedTest
    @CsvSource({"false, 99, false", "false, 100, true", "false, 101, true", "true, 99, true"})
    void sampleFromBeforeTheWordsDecidesNothing(boolean isOwn, long askedAt, boolean decided) {
        late.add(words(3), 100);

        assertThat(late.areDecided(isOwn, askedAt)).isEqualTo(decided);
    }

    @Test
    void nothingSaidIsNothingToDecide() {
        assertThat(late.areDecided(true, 100)).isFalse();
    }

    @Test
    void wordsAreTakenOnceAndInTheirOrder() {
        late.add(words(3), 100);
        late.add(words(4), 200);

        assertThat(late.take().bytes()).hasSize(7);
        assertThat(late.sinceNanos()).isEqualTo(200);
        assertThat(late.take().isEmpty()).isTrue();
    }

    @Test
    void printerThatTalksOnIsNotKeptWhole() {
        for (int i = 0; i < 100; i++) {
            late.add(words(1024), i);
        }

        assertThat(late.take().bytes().length).isEqualTo(16 * 1024);
    }

    private static Words words(int bytes) {
        return new Words(new byte[bytes], List.of());
    }
}
