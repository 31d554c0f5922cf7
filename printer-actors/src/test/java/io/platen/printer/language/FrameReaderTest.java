package io.platen.printer.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.language.Frame.Kind;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every language: lines and lone bytes, PJL, patterns, cuts, bounds. */
final class FrameReaderTest {
    private static final String HOST_STATUS = "<02>030,1,0,1245,000,0,0,0,000,0,0,0<03><0D><0A>"
            + "<02>000,0,0,0,0,2,4,0,00000002,1,000<03><0D><0A><02>1234,0<03><0D><0A>";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <15>                             | acknowledgement
            <06><06>                         | acknowledgement; acknowledgement
            <11><13><05>                     | acknowledgement; acknowledgement; acknowledgement
            <06>OK<0D><0A>                   | acknowledgement; unknown
            ab<15>cd<0D>                     | unknown
            <14><15><00><0F>                 |
            <02>05A<15>00000<03>             | unknown
            <02>05A000000<03><02>05A000000<03> | unknown; unknown
            <0D><0A><00> <00>                |
            ERROR: x<00>ERROR: y             | refusal; refusal
            ERROR<15>                        | refusal
            ERR<13>OR                        | refusal
            <00><00><1B>                     |
            """)
    void rawTextIsLinesAndLoneBytesAcknowledge(String input, String frames) {
        Reading.check(PrinterLanguage.RAW, input, frames);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DEVICE<0D><0A>CODE=10001<0D><0A>DISPLAY="READY"<0D><0A>ONLINE=TRUE<0D><0A><0C>          | status well
            DEVICE<0D><0A>CODE=40021<0D><0A>DISPLAY="12 OPEN"<0D><0A>ONLINE=FALSE<0D><0A><0C>       | status stopped cover-open offline
            DEVICE<0D><0A>CODE=41203<0D><0A><0C>                                                    | status stopped media-empty
            DEVICE<0D><0A>CODE=40022<0D><0A>DISPLAY="ERROR:PAPER JAM"<0D><0A>ONLINE=TRUE<0C>        | status stopped media-jam
            DEVICE<0D><0A>CODE=10006<0D><0A><0C>                                                    | status well marker-supply-low
            DEVICE<0D><0A>CODE=50001<0D><0A><0C>                                                    | status stopped other
            DEVICE<0D><0A>CODE=40000<0D><0A>DISPLAY="HEAD OPEN"<0D><0A><0C>                         | status stopped cover-open
            JOB<0D><0A>START<0D><0A>NAME="ERROR 17"<0D><0A><0C>                                     | event
            JOB<0D><0A>END<0D><0A>NAME="x"<0D><0A>PAGES=5<0D><0A><0C>                               | event
            PAGE<0D><0A>1<0D><0A><0C>                                                               | event
            PAGE<0D><0A>1<0D><0A>                                                                   | event
            PAGE<0D><0A>1<0D><0A>ERROR: BAD DATA<0D><0A>                                            | event; refusal
            """)
    void pjlIsReadInEveryLanguage(String block, String frames) {
        for (PrinterLanguage language : PrinterLanguage.values()) {
            Reading.check(language, "@PJL USTATUS " + block, frames);
            Reading.check(language, "@PJL ECHO x<0D><0A><0C>@PJL USTATUS " + block, "event; " + frames);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            raw  | READY<0D>                | READY |       | refusal
            raw  | READY<0D>                | READY | READY |
            raw  | ERROR: x<0D>             |       | ^ERR  |
            raw  | ERROR: x<0D>ERROR: y     |       | x$    | refusal
            raw  | <15>                     | \\x15 |       | refusal
            raw  | <15>                     |       | \\x15 |
            raw  | PAPER OUT<0D>            | PAPER |       | refusal
            sbpl | <15>                     | \\x15 |       | refusal
            sbpl | <02>05A000000ERROR           <03> | ERR | | status well left=0
            zpl  | ALERT: PAPER OUT<0D>     |       | ALERT |
            zpl  | <02>no good<03>          | good  |       | refusal
            zpl  | <02>ERRORS: 0 00000000 00000000<03> | ERROR | | status well to ~HQES
            """)
    void patternsLookAtTextOnly(
            String language,
            String input,
            @Nullable String rejects,
            @Nullable String ignores,
            @Nullable String frames) {
        FrameReader reader = language(language).reader(new ReplyPatterns(pattern(rejects), pattern(ignores)));
        List<Frame> read = new ArrayList<>(reader.read(Reading.bytes(input)));
        read.addAll(reader.rest());
        assertThat(read.stream().map(Reading::tell))
                .isEqualTo(frames == null ? List.of() : List.of(frames.split("; ")));
    }

    @Test
    void unfinishedFrameIsHeldUntilItIsFinishedOrTheStreamRests() {
        FrameReader reader = PrinterLanguage.ZPL.reader(ReplyPatterns.NONE);
        byte[] answer = Reading.bytes(HOST_STATUS);

        assertThat(reader.read(Arrays.copyOf(answer, 50))).isEmpty();
        assertThat(reader.isMidFrame()).isTrue();
        assertThat(reader.read(Arrays.copyOfRange(answer, 50, answer.length))).hasSize(1);
        assertThat(reader.isMidFrame()).isFalse();
        reader.read(Arrays.copyOf(answer, 50));
        assertThat(reader.rest()).extracting(Frame::kind).doesNotContain(Kind.STATUS, Kind.REFUSAL);
        assertThat(reader.isMidFrame()).isFalse();
        assertThat(reader.read(Arrays.copyOfRange(answer, 50, answer.length))).noneMatch(f -> f.kind() == Kind.STATUS);
    }

    /** Whatever a printer sends, what it says next is understood. */
    @ParameterizedTest
    @EnumSource
    void endlessFrameIsOneUnknownFrame(PrinterLanguage language) {
        for (String filling : List.of("x", "<02>", " x", "<80>x", "<1B>[", "8", "@")) {
            FrameReader reader = language.reader(ReplyPatterns.NONE);
            byte[] segment = Reading.bytes(filling.repeat(60_000 / Reading.bytes(filling).length));
            List<Frame> frames = new ArrayList<>(reader.read(new byte[] {Ascii.STX}));
            int most = 0;
            for (int i = 0; i < 5; i++) {
                frames.addAll(reader.read(segment));
                most = Math.max(most, Held.bytes(reader));
            }
            assertThat(most).as("held of %s", filling).isLessThan(8 * 1024);
            assertThat(frames).allMatch(frame -> frame.text().length() <= Frame.MAX_TEXT);
            if (filling.equals("x")) {
                assertThat(frames.stream().map(Frame::kind).filter(Kind.UNKNOWN::equals))
                        .hasSize(1);
            }
            frames.addAll(reader.read(Reading.bytes("<0D><0A><03>ERROR: bad<0D><0A>")));
            frames.addAll(reader.rest());
            assertThat(frames.get(frames.size() - 1).kind())
                    .as("after %s", filling)
                    .isEqualTo(Kind.REFUSAL);
        }
    }

    @ParameterizedTest
    @CsvSource({"ZPL, 1024", "RAW, 1024", "SBPL, 32", "ESCPOS, 32", "TSPL, 32"})
    void sixtyFourMebibytesAreHeldInAFewKibibytes(PrinterLanguage language, int segments) {
        FrameReader reader = language.reader(ReplyPatterns.NONE);
        Random random = new Random(64);
        byte[] segment = new byte[64 * 1024];
        long frames = reader.read(new byte[] {Ascii.STX}).size();
        for (int i = 0; i < segments; i++) {
            if (i % 16 == 0) {
                random.nextBytes(segment);
                withoutLineEnds(segment);
            }
            frames += reader.read(segment).size();
            assertThat(Held.bytes(reader)).isLessThan(8 * 1024);
        }
        if (language == PrinterLanguage.ZPL || language == PrinterLanguage.RAW) {
            assertThat(frames).isEqualTo(1);
        }
        reader.rest();
        List<String> after = reader.read(Reading.bytes(HOST_STATUS)).stream()
                .map(Reading::tell)
                .toList();
        if (language == PrinterLanguage.ZPL) {
            assertThat(after).containsExactly("status stopped media-empty left=2 to ~HS");
        }
    }

    @ParameterizedTest
    @EnumSource
    void validAnswersAreFoundInGarbage(PrinterLanguage language) {
        List<String> answers = answers(language);
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                stream.writeBytes(garbage(random));
                String answer = answers.get(random.nextInt(answers.size()));
                stream.writeBytes(Reading.bytes(answer));
                expected.add(answer);
            }
            List<String> marks = expected.stream()
                    .map(answer -> Reading.read(language, List.of(Reading.bytes(answer)))
                            .get(0))
                    .toList();
            List<String> found = Reading.read(language, segments(stream.toByteArray(), random));
            assertThat(inOrder(marks, found))
                    .as("seed %d: %s in %s", seed, marks, found)
                    .isTrue();
        }
    }

    private static List<String> answers(PrinterLanguage language) {
        return switch (language) {
            case ZPL ->
                List.of(
                        HOST_STATUS,
                        "<02><0D><0A>PRINTER STATUS<0D><0A>ERRORS: 1 00000000 00000005<0D><0A>"
                                + "WARNINGS: 0 00000000 00000000<0D><0A><03>");
            case SBPL -> List.of("<02>05c000098<03>", "<02>06G000050SATO            <03>");
            case TSPL -> List.of("<02>E@@A<03><0D><0A>", "<02>`@@@<03><0D><0A>");
            case EPL -> List.of("<15>07P003<13>", "<0D>$11<0D><0A>");
            case DPL -> List.of("<0D>NYNNNNNN<0D>");
            case ESCPOS -> List.of("<14><00><0C><0F>", "<1C><08><00><0F>");
            case CPCL, IPL, RAW -> List.of("<0D>PAPER OUT<0D><0A>", "<0D>RIBBON LOW<0D>");
        };
    }

    /** Bytes of every kind; more of those that mean something than chance would give. */
    private static byte[] garbage(Random random) {
        byte[] bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 2_000 : 40)];
        byte[] telling = Reading.bytes("<02><03><0D><0A><00><06><15><11><13><0C>0123,NY@P");
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextBoolean() ? telling[random.nextInt(telling.length)] : (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static List<byte[]> segments(byte[] stream, Random random) {
        List<byte[]> segments = new ArrayList<>();
        int at = 0;
        while (at < stream.length) {
            int to = Math.min(stream.length, at + 1 + random.nextInt(100));
            segments.add(Arrays.copyOfRange(stream, at, to));
            at = to;
        }
        return segments;
    }

    private static boolean inOrder(List<String> marks, List<String> found) {
        int at = 0;
        for (String frame : found) {
            at += at < marks.size() && marks.get(at).equals(frame) ? 1 : 0;
        }
        return at == marks.size()
                && marks.stream()
                        .distinct()
                        .allMatch(mark -> Collections.frequency(found, mark) >= Collections.frequency(marks, mark));
    }

    private static void withoutLineEnds(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0
                    || bytes[i] == Ascii.CR
                    || bytes[i] == Ascii.LF
                    || bytes[i] == Ascii.FF
                    || bytes[i] == Ascii.STX
                    || bytes[i] == Ascii.ETX) {
                bytes[i] = 'x';
            }
        }
    }

    private static PrinterLanguage language(String keyword) {
        return Arrays.stream(PrinterLanguage.values())
                .filter(language -> language.keyword().equals(keyword))
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable ReplyPattern pattern(@Nullable String regex) {
        return regex == null ? null : ReplyPattern.of(regex.replace("\\\\", "\\"));
    }
}
