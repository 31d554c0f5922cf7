package io.platen.persistence.leveldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LevelDB's varints: seven bits a byte, the lowest first, the eighth set while more follow. */
final class VarintsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "127, 7f",
        "128, 8001",
        "300, ac02",
        "16383, ff7f",
        "16384, 808001",
        "4294967295, ffffffff0f",
        "9223372036854775807, ffffffffffffffff7f",
        "-1, ffffffffffffffffff01"
    })
    void areWrittenAndReadAgain(long value, String hex) {
        var bytes = ByteBuffer.allocate(Varints.MOST_BYTES);
        Varints.write(bytes, value);
        byte[] written = Arrays.copyOf(bytes.array(), bytes.position());

        assertThat(HexFormat.of().formatHex(written)).isEqualTo(hex);
        assertThat(Varints.read(ByteBuffer.wrap(written))).isEqualTo(value);
    }

    @Test
    void numberWithoutAnEndIsRefused() {
        var endless = new byte[20];
        Arrays.fill(endless, (byte) 0x80);

        assertThatThrownBy(() -> Varints.read(ByteBuffer.wrap(endless))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Varints.read(ByteBuffer.wrap(endless, 0, 3)))
                .isInstanceOf(BufferUnderflowException.class);
    }

    @Test
    void bytesAreSkippedByTheirNumber() {
        var bytes = ByteBuffer.wrap(new byte[] {2, 9, 9, 7});

        Varints.skipBytes(bytes);

        assertThat(Varints.read(bytes)).isEqualTo(7);
        assertThatThrownBy(() -> Varints.skipBytes(ByteBuffer.wrap(new byte[] {3, 9, 9})))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
