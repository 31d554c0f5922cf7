package io.platen.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.leveldb.Database;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The keys are a file format: their bytes sort as their numbers do, and each table has a range of its own. */
final class JournalTableTest {

    @ParameterizedTest
    @CsvSource({"1, 2", "255, 256", "65535, 65536", "4294967295, 4294967296", "9223372036854775806, 9223372036854775807"
    })
    void keysSortAsTheirNumbersDo(long less, long more) {
        assertThat(Arrays.compareUnsigned(JournalTable.blockKey(less), JournalTable.blockKey(more)))
                .isNegative();
        assertThat(Arrays.compareUnsigned(JournalTable.placesKey(3, less), JournalTable.placesKey(3, more)))
                .isNegative();
        assertThat(Arrays.compareUnsigned(JournalTable.placesKey(3, more), JournalTable.placesKey(4, less)))
                .isNegative();
    }

    @Test
    void numbersAndNamesAreReadFromKeys() {
        assertThat(JournalTable.firstOrdinal(JournalTable.blockKey(123_456_789_012L)))
                .isEqualTo(123_456_789_012L);
        assertThat(JournalTable.lastSequence(JournalTable.placesKey(7, 123_456_789_012L)))
                .isEqualTo(123_456_789_012L);
        assertThat(JournalTable.persistenceId(JournalTable.streamKey("printer|ä")))
                .isEqualTo("printer|ä");
    }

    @ParameterizedTest
    @EnumSource
    void tablesDoNotOverlap(JournalTable table) {
        for (JournalTable other : JournalTable.values()) {
            if (other != table) {
                boolean isBefore = Arrays.compareUnsigned(table.end(), other.start()) <= 0;
                boolean isBehind = Arrays.compareUnsigned(other.end(), table.start()) <= 0;
                assertThat(isBefore || isBehind).isTrue();
            }
        }
    }

    @Test
    void keysLieInTheirTables() {
        assertWithin(JournalTable.BLOCK, JournalTable.blockKey(Long.MAX_VALUE));
        assertWithin(JournalTable.STREAM, JournalTable.streamKey("\uffff"));
        assertWithin(JournalTable.DELETED, JournalTable.deletedKey(-1));
        assertWithin(JournalTable.PLACES, JournalTable.placesKey(-1, Long.MAX_VALUE));
    }

    /** A block under another's key would be read as other events. */
    @Test
    void checksumIsOfTheKeyAndOfEachByteOfTheValue() {
        var entry = JournalTable.seal(
                JournalTable.blockKey(1), JournalTable.value(8).putLong(42));
        assertThat(JournalTable.isSound(entry)).isTrue();
        assertThat(JournalTable.isSound(new Database.Entry(JournalTable.blockKey(2), entry.value())))
                .isFalse();
        for (int at = 0; at < entry.value().length; at++) {
            byte[] changed = entry.value().clone();
            changed[at] ^= 1;
            assertThat(JournalTable.isSound(new Database.Entry(entry.key(), changed)))
                    .as("changed at %d", at)
                    .isFalse();
            assertThat(JournalTable.isSound(new Database.Entry(entry.key(), Arrays.copyOf(entry.value(), at))))
                    .as("cut at %d", at)
                    .isFalse();
        }
    }

    private static void assertWithin(JournalTable table, byte[] key) {
        assertThat(Arrays.compareUnsigned(table.start(), key)).isNotPositive();
        assertThat(Arrays.compareUnsigned(key, table.end())).isNegative();
    }

    @Test
    void valueIsReadBehindItsChecksum() throws IOException {
        var entry = JournalTable.seal(new byte[] {'B', 1}, JournalTable.value(8).putLong(42));

        assertThat(JournalTable.sound(entry, () -> "it").getLong()).isEqualTo(42);
    }

    @Test
    void wrongChecksumIsDamageWithItsName() {
        var entry = JournalTable.seal(new byte[] {'B', 1}, JournalTable.value(8).putLong(42));
        var elsewhere = new Database.Entry(new byte[] {'B', 2}, entry.value());

        assertThatThrownBy(() -> JournalTable.sound(elsewhere, () -> "the block of event 2"))
                .isInstanceOf(StoreDamagedException.class)
                .hasMessage("In the journal, the block of event 2 has a wrong checksum");
    }
}
