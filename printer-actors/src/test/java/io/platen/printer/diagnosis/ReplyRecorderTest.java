package io.platen.printer.diagnosis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words are kept as they came, with a bound of 4 KiB at either end. */
final class ReplyRecorderTest {
    private static final int KEPT_AT_EACH_END = 4096;

    private final ReplyRecorder recorder = new ReplyRecorder();

    @Test
    void silentPrinterHasNoLastWords() {
        recorder.add(new byte[0]);

        assertThat(recorder.isEmpty()).isTrue();
        assertThat(recorder.lastWords()).isNull();
    }

    @Test
    void controlCharactersAreWrittenOutAndLineEndsStay() {
        recorder.add(new byte[] {0x02, 'O', 'K', 0x03, '\r', '\n', 0x06, 0x15, 0x1b, (byte) 0x80, (byte) 0xe4});

        LastWords words = requireNonNull(recorder.lastWords());
        assertThat(words.text()).isEqualTo("<STX>OK<ETX>\r\n<ACK><NAK>\\x1b\\x80ä");
        assertThat(words.hex()).isEqualTo("024f4b030d0a06151b80e4");
        assertThat(words.size()).isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "4096, false", "4097, false", "8192, false", "8193, true", "100000, true"})
    void middleOfALongReplyIsLeftOutAndMarked(int size, boolean hasGap) {
        byte[] all = letters(size);

        recorder.add(all);

        LastWords words = requireNonNull(recorder.lastWords());
        String text = new String(all, ISO_8859_1);
        String kept =
                hasGap ? text.substring(0, KEPT_AT_EACH_END) + " … " + text.substring(size - KEPT_AT_EACH_END) : text;
        assertThat(words.text()).isEqualTo(kept);
        assertThat(words.hex().contains("…")).isEqualTo(hasGap);
        assertThat(words.size()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4095, 4096, 4097, 9000})
    void keepsTheSameHoweverTheBytesArrive(int pieceSize) {
        byte[] all = letters(20_000);
        for (int from = 0; from < all.length; from += pieceSize) {
            recorder.add(Arrays.copyOfRange(all, from, Math.min(all.length, from + pieceSize)));
        }
        var atOnce = new ReplyRecorder();
        atOnce.add(all);

        assertThat(recorder.lastWords()).isEqualTo(atOnce.lastWords());
    }

    private static byte[] letters(int size) {
        var random = new Random(17);
        byte[] letters = new byte[size];
        for (int i = 0; i < size; i++) {
            letters[i] = (byte) ('a' + random.nextInt(26));
        }
        return letters;
    }
}
