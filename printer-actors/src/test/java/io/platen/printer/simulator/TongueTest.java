package io.platen.printer.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.language.Frame;
import io.platen.printer.language.Frame.Kind;
import io.platen.printer.language.FrameReader;
import io.platen.printer.language.PrinterLanguage;
import io.platen.printer.language.ReplyPatterns;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What simulated printers say at random is understood, and never refuses a job. */
final class TongueTest {

    @ParameterizedTest
    @EnumSource
    void noWordIsAVerdictOnADocument(Tongue tongue) {
        assertThat(tongue.words()).isNotEmpty();
        for (String word : tongue.words()) {
            assertThat(read(tongue, word))
                    .as("frames of %s", word)
                    .extracting(Frame::kind)
                    .doesNotContain(Kind.REFUSAL, Kind.UNKNOWN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void somethingIsSaidOfTheDevice(Tongue tongue) {
        var said = tongue.words().stream()
                .flatMap(word -> read(tongue, word).stream())
                .toList();

        assertThat(said)
                .anyMatch(frame -> frame.status() != null && !frame.status().canPrint());
    }

    @ParameterizedTest
    @EnumSource
    void acknowledgementIsOneInItsLanguage(Tongue tongue) {
        List<Frame> frames = read(tongue, tongue.acknowledgement());

        assertThat(frames).allMatch(frame -> frame.kind() == Kind.ACKNOWLEDGEMENT);
        assertThat(frames.isEmpty()).isEqualTo(tongue.acknowledgement().isEmpty());
    }

    private static List<Frame> read(Tongue tongue, String words) {
        FrameReader reader = PrinterLanguage.valueOf(tongue.name()).reader(ReplyPatterns.NONE);
        var frames = new ArrayList<>(reader.read(words.getBytes(ISO_8859_1)));
        frames.addAll(reader.rest());
        return frames;
    }
}
