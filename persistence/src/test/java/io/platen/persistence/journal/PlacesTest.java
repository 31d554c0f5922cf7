package io.platen.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the events of a stream are: events 5 and 6 in the block from ordinal 10 on, 7 from 20 on, 8 and 9 from 30 on. */
final class PlacesTest {
    private static final Places PLACES = Places.NONE
            .with(5, 10, 100)
            .with(6, 10, 100)
            .with(7, 20, 100)
            .with(8, 30, 100)
            .with(9, 30, 100);

    @Test
    void eventsOfABlockShareAPlace() {
        assertThat(PLACES.size()).isEqualTo(3);
        assertThat(PLACES.first()).isEqualTo(5);
        assertThat(PLACES.last()).isEqualTo(9);
        assertThat(PLACES.bytes()).isEqualTo(500);
        assertThat(Places.NONE.isEmpty()).isTrue();
        assertThat(Places.NONE.last()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "5, 10", "6, 10", "7, 20", "8, 30", "9, 30", "100, 30"})
    void eventIsFoundInItsBlock(long sequence, long block) {
        assertThat(PLACES.block(PLACES.find(sequence))).isEqualTo(block);
    }

    @ParameterizedTest
    @CsvSource({"1, 5, 3", "5, 5, 3", "6, 6, 3", "7, 7, 2", "9, 9, 1"})
    void eventsBeforeANumberAreCutOff(long from, long first, int size) {
        Places left = PLACES.from(from);

        assertThat(left.first()).isEqualTo(first);
        assertThat(left.size()).isEqualTo(size);
        assertThat(left.last()).isEqualTo(9);
        assertThat(left.block(left.find(9))).isEqualTo(30);
    }

    @Test
    void nothingIsLeftBehindTheLast() {
        assertThat(PLACES.from(10)).isSameAs(Places.NONE);
        assertThat(PLACES.withoutFirst().withoutFirst().withoutFirst()).isSameAs(Places.NONE);
        assertThat(PLACES.withoutFirst().first()).isEqualTo(7);
    }

    /** The arrays are shared: what was made before must not see what comes later. */
    @Test
    void olderOneStaysAsItWasWhenItGrows() {
        Places before = PLACES;
        Places after = before;
        for (int i = 0; i < 100; i++) {
            after = after.with(10 + i, 40 + 10L * i, 1);
        }

        assertThat(before.size()).isEqualTo(3);
        assertThat(before.last()).isEqualTo(9);
        assertThat(before.find(50)).isEqualTo(2);
        assertThat(after.size()).isEqualTo(103);
        assertThat(after.block(after.find(60))).isEqualTo(540);
    }

    @Test
    void isStoredUnderItsLastEventAndReadAgain() throws IOException {
        var entry = PLACES.entry(4);

        Places read = Places.of(entry);

        assertThat(entry.key()).isEqualTo(JournalTable.placesKey(4, 9));
        assertThat(read.size()).isEqualTo(3);
        assertThat(read.bytes()).isEqualTo(500);
        assertThat(read.last()).isEqualTo(9);
        for (int place = 0; place < 3; place++) {
            assertThat(read.sequence(place)).isEqualTo(PLACES.sequence(place));
            assertThat(read.block(place)).isEqualTo(PLACES.block(place));
        }
    }
}
