package io.platen.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The keys are a file format: their bytes sort as their numbers do, and each table has a range of its own. */
final class TableTest {

    @ParameterizedTest
    @CsvSource({"1, 2", "255, 256", "65535, 65536", "4294967295, 4294967296", "9223372036854775806, 9223372036854775807"
    })
    void keysSortAsTheirNumbersDo(long less, long more) {
        assertThat(Arrays.compareUnsigned(Table.blockKey(less), Table.blockKey(more)))
                .isNegative();
        assertThat(Arrays.compareUnsigned(Table.placesKey(3, less), Table.placesKey(3, more)))
                .isNegative();
        assertThat(Arrays.compareUnsigned(Table.placesKey(3, more), Table.placesKey(4, less)))
                .isNegative();
    }

    @Test
    void numbersAndNamesAreReadFromKeys() {
        assertThat(Table.firstOrdinal(Table.blockKey(123_456_789_012L))).isEqualTo(123_456_789_012L);
        assertThat(Table.lastSequence(Table.placesKey(7, 123_456_789_012L))).isEqualTo(123_456_789_012L);
        assertThat(Table.persistenceId(Table.streamKey("printer|ä"))).isEqualTo("printer|ä");
    }

    @ParameterizedTest
    @EnumSource
    void tablesDoNotOverlap(Table table) {
        for (Table other : Table.values()) {
            if (other != table) {
                boolean isBefore = Arrays.compareUnsigned(table.end(), other.start()) <= 0;
                boolean isBehind = Arrays.compareUnsigned(other.end(), table.start()) <= 0;
                assertThat(isBefore || isBehind).isTrue();
            }
        }
    }

    @Test
    void keysLieInTheirTables() {
        assertWithin(Table.BLOCK, Table.blockKey(Long.MAX_VALUE));
        assertWithin(Table.STREAM, Table.streamKey("\uffff"));
        assertWithin(Table.DELETED, Table.deletedKey(-1));
        assertWithin(Table.PLACES, Table.placesKey(-1, Long.MAX_VALUE));
    }

    /** A block under another's key would be read as other events. */
    @Test
    void checksumIsOfTheKeyAndOfEachByteOfTheValue() {
        var entry = Table.seal(Table.blockKey(1), Table.value(8).putLong(42));
        assertThat(Table.isSound(entry)).isTrue();
        assertThat(Table.isSound(new Database.Entry(Table.blockKey(2), entry.value())))
                .isFalse();
        for (int at = 0; at < entry.value().length; at++) {
            byte[] changed = entry.value().clone();
            changed[at] ^= 1;
            assertThat(Table.isSound(new Database.Entry(entry.key(), changed)))
                    .as("changed at %d", at)
                    .isFalse();
            assertThat(Table.isSound(new Database.Entry(entry.key(), Arrays.copyOf(entry.value(), at))))
                    .as("cut at %d", at)
                    .isFalse();
        }
    }

    private static void assertWithin(Table table, byte[] key) {
        assertThat(Arrays.compareUnsigned(table.start(), key)).isNotPositive();
        assertThat(Arrays.compareUnsigned(key, table.end())).isNegative();
    }
}
