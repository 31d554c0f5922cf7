package io.platen.persistence.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of documents in segments, and of the segments' files: they are a file format. */
final class SegmentIdTest {

    @ParameterizedTest
    @CsvSource({
        "1, 8, 00000001-00000008",
        "1732000000, 33554432, 673c3900-02000000",
        "4294967295, 4294967295, ffffffff-ffffffff"
    })
    void isWrittenAndReadAgain(long segment, long offset, String text) {
        var id = new SegmentId(segment, offset);

        assertThat(id).hasToString(text);
        assertThat(SegmentId.parse(text)).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00000001",
                "00000001-0000000g",
                "00000001-0000008",
                "000000001-00000008",
                "00000001-00000008\n",
                "0000000A-00000008",
                "4f5d0f1e-7a4b-4c8e-9f5e-0123456789ab",
                "../00000001-00000008"
            })
    void otherNamesAreNone(String text) {
        assertThat(SegmentId.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "673c3900.segment, 1732000000",
        "00000000.segment, 0",
        "673c3900.segment.part, -1",
        "673c3d0.segment, -1",
        "673C3900.segment, -1",
        "lost+found, -1"
    })
    void segmentIsReadFromItsFileName(String fileName, long segment) {
        assertThat(SegmentId.segmentOf(fileName)).isEqualTo(segment);
        if (segment >= 0) {
            assertThat(SegmentId.fileName(segment)).isEqualTo(fileName);
        }
    }
}
