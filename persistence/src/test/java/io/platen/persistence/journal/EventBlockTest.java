package io.platen.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.persistence.StoreDamagedException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Events of several streams in one entry, in the order of their ordinals. */
final class EventBlockTest {

    @Test
    void eventsAreReadFromFrontToBack() throws IOException {
        var builder = new EventBlock.Builder(1000);
        builder.add(1000, 3, 17, new byte[] {1});
        builder.add(1001, 200_000, 5_000_000_000L, new byte[0]);
        builder.add(1005, 3, 18, new byte[] {2, 3});

        EventBlock block = EventBlock.of(builder.build());

        assertThat(block.first()).isEqualTo(1000);
        assertThat(block.through()).isEqualTo(1005);
        assertNext(block, 1000, 3, 17, 1);
        assertNext(block, 1001, 200_000, 5_000_000_000L);
        assertNext(block, 1005, 3, 18, 2, 3);
        assertThat(block.next()).isFalse();
        assertThat(block.next()).isFalse();
    }

    @Test
    void emptyBlockStandsForOrdinalsThatWereSkipped() throws IOException {
        var builder = new EventBlock.Builder(7);
        builder.through(99);

        EventBlock block = EventBlock.of(builder.build());

        assertThat(block.first()).isEqualTo(7);
        assertThat(block.through()).isEqualTo(99);
        assertThat(block.next()).isFalse();
    }

    @Test
    void eventLargerThanABlockHasRoom() throws IOException {
        var builder = new EventBlock.Builder(1);
        builder.add(1, 1, 1, new byte[] {9});
        assertThat(builder.isFull()).isFalse();
        builder.add(2, 1, 2, new byte[1_000_000]);
        assertThat(builder.isFull()).isTrue();

        EventBlock block = EventBlock.of(builder.build());

        assertNext(block, 1, 1, 1, 9);
        assertThat(block.next()).isTrue();
        assertThat(block.length()).isEqualTo(1_000_000);
        assertThat(block.next()).isFalse();
    }

    @Test
    void changedBlockIsDamageWithItsOrdinal() {
        var builder = new EventBlock.Builder(1000);
        builder.add(1000, 3, 17, new byte[] {1});
        var entry = builder.build();
        entry.value()[entry.value().length - 1] ^= 1;

        assertThatThrownBy(() -> EventBlock.of(entry))
                .isInstanceOf(StoreDamagedException.class)
                .hasMessageContaining("1,000");
    }

    @Test
    void eventOfAnUnknownFormatIsDamageWithItsOrdinal() throws IOException {
        var builder = new EventBlock.Builder(1000);
        builder.add(1001, 3, 17, new byte[] {99});
        EventBlock block = EventBlock.of(builder.build());
        assertThat(block.next()).isTrue();

        assertThatThrownBy(block::event)
                .isInstanceOf(StoreDamagedException.class)
                .hasMessageContaining("1,001");
    }

    private static void assertNext(EventBlock block, long ordinal, int stream, long sequence, int... record) {
        assertThat(block.next()).isTrue();
        assertThat(block.ordinal()).isEqualTo(ordinal);
        assertThat(block.stream()).isEqualTo(stream);
        assertThat(block.sequence()).isEqualTo(sequence);
        assertThat(block.record()).hasSize(record.length);
        for (int i = 0; i < record.length; i++) {
            assertThat(block.record()[i]).isEqualTo((byte) record[i]);
        }
    }
}
