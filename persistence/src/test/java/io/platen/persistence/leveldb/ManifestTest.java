package io.platen.persistence.leveldb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.persistence.StoreDamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files count, from LevelDB's edits (db/version_edit.cc). */
final class ManifestTest {
    private static final long COMPARATOR = 1;
    private static final long LOG = 2;
    private static final long NEXT_FILE = 3;
    private static final long LAST_SEQUENCE = 4;
    private static final long DELETED = 6;
    private static final long NEW_FILE = 7;

    @TempDir
    private Path directory;

    @Test
    void tablesAreAddedAndRemovedEditByEdit() throws IOException {
        byte[] bytes = new TestLogs()
                .record(edit().number(COMPARATOR)
                        .text("leveldb.BytewiseComparator")
                        .number(LOG, 3)
                        .number(NEXT_FILE, 4)
                        .number(LAST_SEQUENCE, 0)
                        .bytes())
                .record(edit().number(NEW_FILE, 0, 5, 1000)
                        .text("a")
                        .text("k")
                        .number(LOG, 6)
                        .bytes())
                .record(edit().number(DELETED, 0, 5)
                        .number(NEW_FILE, 1, 300, 2000)
                        .text("a")
                        .text("z")
                        .number(NEW_FILE, 1, 301, 70)
                        .text("z")
                        .text("zz")
                        .number(LOG, 302)
                        .bytes())
                .bytes();

        Manifest manifest = Manifest.of(Path.of("MANIFEST-000002"), bytes);

        assertThat(manifest.tables()).isEqualTo(Map.of(300L, 2000L, 301L, 70L));
        assertThat(manifest.log()).isEqualTo(302);
    }

    @Test
    void currentNamesIt() throws IOException {
        Files.write(
                directory.resolve("MANIFEST-000007"),
                new TestLogs().record(edit().number(LOG, 9).bytes()).bytes());
        Files.writeString(directory.resolve("CURRENT"), "MANIFEST-000007\n");

        assertThat(Manifest.current(directory).log()).isEqualTo(9);
    }

    @Test
    void missingOrStrangeCurrentIsDamage() throws IOException {
        assertDamaged("is missing");
        Files.writeString(directory.resolve("CURRENT"), "MANIFEST-000007\n");
        assertDamaged("'MANIFEST-000007', which does not exist");
        Files.writeString(directory.resolve("passwd"), "x");
        Files.writeString(directory.resolve("CURRENT"), "passwd\n");
        assertDamaged("'passwd'");
    }

    @Test
    void unknownTagAndCutEditAreDamage() {
        byte[] unknown = new TestLogs().record(edit().number(8, 1).bytes()).bytes();
        byte[] cut =
                new TestLogs().record(edit().number(NEW_FILE, 0, 5).bytes()).bytes();
        byte[] flipped = new TestLogs().record(edit().number(LOG, 9).bytes()).bytes();
        flipped[flipped.length - 1] ^= 1;

        for (byte[] bytes : new byte[][] {unknown, cut, flipped, new byte[0]}) {
            assertThatThrownBy(() -> Manifest.of(Path.of("MANIFEST-000002"), bytes))
                    .isInstanceOf(StoreDamagedException.class)
                    .hasMessageContaining("MANIFEST-000002");
        }
    }

    @Test
    void tableHasEitherOfTwoNames() throws IOException {
        assertThat(Manifest.tableFile(directory, 5)).hasFileName("000005.sst");
        Files.createFile(directory.resolve("000005.ldb"));
        assertThat(Manifest.tableFile(directory, 5)).hasFileName("000005.ldb");
        assertThat(Manifest.logFile(directory, 1_234_567)).hasFileName("1234567.log");
    }

    private void assertDamaged(String what) {
        assertThatThrownBy(() -> Manifest.current(directory))
                .isInstanceOf(StoreDamagedException.class)
                .hasMessageContaining(what);
    }

    private static Edit edit() {
        return new Edit();
    }

    /** Puts an edit together. */
    private static final class Edit {
        private final ByteBuffer bytes = ByteBuffer.allocate(1000);

        Edit number(long... numbers) {
            Arrays.stream(numbers).forEach(number -> Varints.write(bytes, number));
            return this;
        }

        Edit text(String text) {
            Varints.write(bytes, text.length());
            bytes.put(text.getBytes(US_ASCII));
            return this;
        }

        byte[] bytes() {
            return Arrays.copyOf(bytes.array(), bytes.position());
        }
    }
}
