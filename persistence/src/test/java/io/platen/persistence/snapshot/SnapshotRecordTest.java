package io.platen.persistence.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.persistence.journal.EventRecord.Serialized;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored is read again, or is known as damaged. */
final class SnapshotRecordTest {
    private static final Serialized STATE = new Serialized(33, "queue", new byte[] {1, 2, 3});
    private static final Serialized EMPTY = new Serialized(-5, "", new byte[0]);

    static Stream<SnapshotRecord> records() {
        return Stream.of(
                record("printer|dock-1", STATE, null),
                record("printer|dock-1", STATE, EMPTY),
                record("drucker|ä€𝄞", EMPTY, STATE),
                record("", EMPTY, null));
    }

    @ParameterizedTest
    @MethodSource("records")
    void isReadAgain(SnapshotRecord record) {
        assertThat(SnapshotRecord.decode(record.encode()))
                .usingRecursiveComparison()
                .isEqualTo(record);
    }

    @Test
    void anyChangedByteOrAnyCutIsNoticed() {
        byte[] stored = record("printer|dock-1", STATE, EMPTY).encode();
        for (int at = 0; at < stored.length; at++) {
            byte[] changed = stored.clone();
            changed[at] ^= 1;
            assertThat(SnapshotRecord.decode(changed)).as("changed at %d", at).isNull();
            assertThat(SnapshotRecord.decode(Arrays.copyOf(stored, at)))
                    .as("cut at %d", at)
                    .isNull();
        }
    }

    private static SnapshotRecord record(String id, Serialized content, @Nullable Serialized metadata) {
        return new SnapshotRecord(id, Long.MAX_VALUE, 1_700_000_000_000L, content, metadata);
    }
}
