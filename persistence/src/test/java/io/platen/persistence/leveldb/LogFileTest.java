package io.platen.persistence.leveldb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.platen.persistence.leveldb.LogFile.Damage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A torn tail is told from a hole: behind the one nothing was acknowledged, behind the other something was. */
final class LogFileTest {
    private static final byte[] FIRST = "first".getBytes(US_ASCII);
    private static final byte[] SECOND = "second".getBytes(US_ASCII);

    /** CRC-32C of "123456789" is e3069283 (RFC 3720, appendix B.4 has the polynomial); rotated by 15, plus a282ead8. */
    @Test
    void checksumIsMaskedAsLeveldbDoes() {
        byte[] bytes = "x123456789".getBytes(US_ASCII);

        assertThat(LogFile.maskedChecksum(bytes, 1, 9)).isEqualTo(0xc78ab0e5);
    }

    @Test
    void recordsAreRead() {
        byte[] bytes =
                new TestLogs().record(FIRST).record(new byte[0]).record(SECOND).bytes();

        LogFile log = LogFile.of(bytes);

        assertThat(log.records()).containsExactly(FIRST, new byte[0], SECOND);
        assertThat(log.end()).isEqualTo(bytes.length);
        assertThat(log.damage()).isEqualTo(Damage.NONE);
        assertThat(log.resumesAt()).isEqualTo(-1);
    }

    /** Sizes around what fits in one block, where the rest is filled up, and of several blocks. */
    @ParameterizedTest
    @ValueSource(ints = {32_748, 32_749, 32_753, 32_754, 32_755, 32_760, 32_761, 32_762, 70_000, 200_000})
    void recordsGoOnOverBlocks(int size) {
        byte[] large = new byte[size];
        new Random(size).nextBytes(large);
        byte[] bytes = new TestLogs().record(large).record(SECOND).bytes();

        LogFile log = LogFile.of(bytes);

        assertThat(log.records()).containsExactly(large, SECOND);
        assertThat(log.damage()).isEqualTo(Damage.NONE);
    }

    @Test
    void zerosBehindTheLastRecordAreNoDamage() {
        byte[] bytes = new TestLogs().record(FIRST).bytes();

        LogFile log = LogFile.of(Arrays.copyOf(bytes, 64 * 1024));

        assertThat(log.records()).containsExactly(FIRST);
        assertThat(log.damage()).isEqualTo(Damage.NONE);
        assertThat(LogFile.of(new byte[0]).damage()).isEqualTo(Damage.NONE);
    }

    @Test
    void lastRecordIsTornWhereverItIsCut() {
        byte[] bytes = new TestLogs().record(FIRST).record(SECOND).bytes();
        int firstEnds = new TestLogs().record(FIRST).size();

        for (int length = firstEnds + 1; length < bytes.length; length++) {
            LogFile log = LogFile.of(Arrays.copyOf(bytes, length));
            assertThat(log.records()).as("cut at %d", length).containsExactly(FIRST);
            assertThat(log.damage()).as("cut at %d", length).isEqualTo(Damage.TORN_TAIL);
            assertThat(log.end()).isEqualTo(firstEnds);
        }
    }

    @Test
    void firstFragmentWithoutItsLastIsATornTail() {
        byte[] large = new byte[100_000];
        byte[] bytes = new TestLogs().record(FIRST).record(large).bytes();

        LogFile log = LogFile.of(Arrays.copyOf(bytes, TestLogs.BLOCK_BYTES));

        assertThat(log.records()).containsExactly(FIRST);
        assertThat(log.damage()).isEqualTo(Damage.TORN_TAIL);
    }

    @Test
    void damageBeforeAnotherRecordIsAHole() {
        byte[] bytes = new TestLogs().record(FIRST).record(SECOND).record(FIRST).bytes();
        int firstEnds = new TestLogs().record(FIRST).size();
        int secondEnds = new TestLogs().record(FIRST).record(SECOND).size();
        bytes[secondEnds - 1] ^= 1;

        LogFile log = LogFile.of(bytes);

        assertThat(log.records()).containsExactly(FIRST);
        assertThat(log.end()).isEqualTo(firstEnds);
        assertThat(log.damage()).isEqualTo(Damage.HOLE);
        assertThat(log.resumesAt()).isEqualTo(secondEnds);
    }

    @Test
    void tornTailIsCutOff(@TempDir Path directory) throws IOException {
        byte[] bytes = new TestLogs().record(FIRST).record(SECOND).bytes();
        Path file = Files.write(directory.resolve("000003.log"), Arrays.copyOf(bytes, bytes.length - 1));

        LogFile.read(file).repair(file);

        assertThat(file).hasBinaryContent(new TestLogs().record(FIRST).bytes());
    }
}
