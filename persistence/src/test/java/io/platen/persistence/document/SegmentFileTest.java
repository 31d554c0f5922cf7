package io.platen.persistence.document;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.persistence.StoreDamagedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of a segment: each is whole or is not there, and none is taken for another's. */
final class SegmentFileTest {
    private static final long SEGMENT = 7;
    private static final List<String> CONTENTS = List.of("first", "", "third, a longer one");

    @TempDir
    private Path directory;

    private Path file;
    private byte[] bytes;
    private final List<Long> offsets = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes(SegmentFile.MAGIC);
        for (String content : CONTENTS) {
            offsets.add((long) out.size());
            byte[] own = content.getBytes(US_ASCII);
            out.writeBytes(SegmentFile.header(SEGMENT, out.size(), ByteBuffer.wrap(own))
                    .array());
            out.writeBytes(own);
        }
        bytes = out.toByteArray();
        file = Files.write(directory.resolve("00000007.segment"), bytes);
    }

    @Test
    void recordsAreFoundByTheirOffsets() throws IOException {
        for (int i = 0; i < CONTENTS.size(); i++) {
            byte[] read = SegmentFile.read(
                    file, SEGMENT, offsets.get(i), CONTENTS.get(i).length());
            assertThat(new String(read, US_ASCII)).isEqualTo(CONTENTS.get(i));
        }
        assertThat(scanned(1000)).isEqualTo(CONTENTS);
    }

    @Test
    void contentInPartsHasTheSameHeader() {
        var whole = SegmentFile.header(SEGMENT, 8, buffer("label"));

        assertThat(SegmentFile.header(SEGMENT, 8, buffer("la"), buffer("bel"))).isEqualTo(whole);
    }

    @Test
    void wrongSizeOffsetOrSegmentIsDamage() {
        assertDamaged(SEGMENT, offsets.get(0), 4);
        assertDamaged(SEGMENT, offsets.get(0), 6);
        assertDamaged(SEGMENT, offsets.get(0), Integer.MAX_VALUE);
        assertDamaged(SEGMENT, offsets.get(0), Long.MAX_VALUE);
        assertDamaged(SEGMENT, offsets.get(0) + 1, 5);
        assertDamaged(SEGMENT, bytes.length, 5);
        assertDamaged(SEGMENT + 1, offsets.get(0), 5);
    }

    @Test
    void missingFileIsNoDamage() {
        assertThatThrownBy(() -> SegmentFile.read(directory.resolve("gone"), SEGMENT, 8, 5))
                .isInstanceOf(NoSuchFileException.class);
    }

    /** A crash can cut the last write anywhere: what is whole before it stays. */
    @Test
    void scanEndsBehindTheLastWholeRecordWhereverTheFileIsCut() throws IOException {
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            int cut = length;
            long whole = Arrays.stream(ends()).filter(end -> end <= cut).count();

            var found = new ArrayList<byte[]>();
            var scan = SegmentFile.scan(file, SEGMENT, 1000, (offset, content) -> found.add(content));

            assertThat(found).as("cut at %d", length).hasSize((int) whole);
            boolean isAtABorder =
                    length == SegmentFile.MAGIC.length || Arrays.stream(ends()).anyMatch(end -> end == cut);
            assertThat(scan.isWhole()).isEqualTo(isAtABorder || length == 0);
            assertThat(scan.size()).isEqualTo(length);
        }
    }

    @Test
    void anyChangedByteIsNoticed() throws IOException {
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 0x10;
            Files.write(file, changed);

            assertThat(scanned(1000)).as("changed at %d", at).hasSizeLessThan(CONTENTS.size());
        }
    }

    @Test
    void recordLongerThanAnyMayBeEndsTheScan() throws IOException {
        assertThat(scanned(19)).isEqualTo(CONTENTS);
        assertThat(scanned(18)).isEqualTo(CONTENTS.subList(0, 2));
    }

    /** Where each record ends. */
    private long[] ends() {
        return new long[] {offsets.get(1), offsets.get(2), bytes.length};
    }

    private List<String> scanned(int longest) throws IOException {
        var found = new ArrayList<String>();
        SegmentFile.scan(file, SEGMENT, longest, (offset, content) -> found.add(new String(content, US_ASCII)));
        return found;
    }

    private void assertDamaged(long segment, long offset, long size) {
        assertThatThrownBy(() -> SegmentFile.read(file, segment, offset, size))
                .isInstanceOf(StoreDamagedException.class)
                .hasMessageContaining("%,d".formatted(offset));
    }

    private static ByteBuffer buffer(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }
}
