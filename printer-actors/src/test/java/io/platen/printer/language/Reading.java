package io.platen.printer.language;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads bytes as one language and tells the frames as words, so that tests are tables. */
final class Reading {
    private static final Pattern HEX = Pattern.compile("<([0-9A-F]{2})>");

    private Reading() {}

    /** The frames of an input are these, however it is cut. */
    static void check(PrinterLanguage language, String input, String frames) {
        byte[] bytes = bytes(input);
        assertThat(String.join("; ", read(language, List.of(bytes))))
                .as("%s: %s", language.keyword(), input)
                .isEqualTo(frames == null ? "" : frames);
        checkCuts(language, bytes);
    }

    /** Byte by byte, and at every cut into two, the frames are those of the whole. */
    static void checkCuts(PrinterLanguage language, byte[] bytes) {
        List<String> whole = read(language, List.of(bytes));
        List<byte[]> single = new ArrayList<>();
        for (int at = 0; at < bytes.length; at++) {
            single.add(new byte[] {bytes[at]});
            List<byte[]> halves =
                    List.of(Arrays.copyOfRange(bytes, 0, at), Arrays.copyOfRange(bytes, at, bytes.length));
            assertThat(read(language, halves)).as("cut at %d", at).isEqualTo(whole);
        }
        assertThat(read(language, single)).as("byte by byte").isEqualTo(whole);
    }

    static List<String> read(PrinterLanguage language, List<byte[]> segments) {
        FrameReader reader = language.reader(ReplyPatterns.NONE);
        List<Frame> frames = new ArrayList<>();
        segments.forEach(segment -> frames.addAll(reader.read(segment)));
        frames.addAll(reader.rest());
        assertThat(reader.isMidFrame()).isFalse();
        return frames.stream().map(Reading::tell).toList();
    }

    /** For example {@code status stopped media-empty left=2 to ~HS}. */
    static String tell(Frame frame) {
        DeviceStatus status = frame.status();
        if (status == null) {
            return frame.kind().keyword();
        }
        String reasons =
                status.reasons().stream().map(reason -> " " + reason.keyword()).collect(Collectors.joining());
        return frame.kind().keyword()
                + (status.canPrint() ? " well" : " stopped")
                + reasons
                + (status.labelsLeft() == null ? "" : " left=" + status.labelsLeft())
                + (status.answerTo() == null ? "" : " to " + status.answerTo());
    }

    /** Bytes of a text in which {@code <0D>} is a byte in hexadecimal. */
    static byte[] bytes(String text) {
        return HEX.matcher(text)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(
                        Character.toString(Integer.parseInt(match.group(1), 16))))
                .getBytes(ISO_8859_1);
    }
}
