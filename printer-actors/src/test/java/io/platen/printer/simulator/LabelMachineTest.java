package io.platen.printer.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class LabelMachineTest {

    /** What it told, a word for each thing. */
    private static final class Told implements LabelMachine.Output {
        private final List<String> things = new ArrayList<>();

        @Override
        public void label(String text) {
            things.add("label " + text);
        }

        @Override
        public void hostStatusAsked() {
            things.add("~HS");
        }

        @Override
        public void hostQueryAsked() {
            things.add("~HQES");
        }

        @Override
        public void allCancelled() {
            things.add("~JA");
        }
    }

    static Stream<Arguments> streams() {
        return Stream.of(
                Arguments.of("nothing", List.of()),
                Arguments.of("^XA^FDA^FS^XZ", List.of("label ^FDA^FS")),
                Arguments.of("^XA^XZ", List.of("label ")),
                Arguments.of("^XA1^XZ\r\n^XA2^XZ", List.of("label 1", "label 2")),
                Arguments.of("^XZ", List.of()),
                Arguments.of("^XZ^XA1^XZ^XZ", List.of("label 1")),
                Arguments.of("^XA1^XA2^XZ^XA3^XZ", List.of("label 1^XA2", "label 3")),
                Arguments.of("^XA1~JX^XZ^XA2^XZ", List.of("label 2")),
                Arguments.of("~JX^XA2^XZ", List.of("label 2")),
                Arguments.of("^XA1^XZ~JA^XA2~JA3^XZ", List.of("label 1", "~JA", "~JA")),
                Arguments.of("~HS^XA1~HS^XZ~HQES", List.of("~HS", "~HS", "label 1~HS", "~HQES")),
                Arguments.of("^^XA1^^XZ", List.of("label 1^")),
                Arguments.of("^X^XA1^~^XZ", List.of("label 1^~")),
                Arguments.of("^xa1^Xz", List.of("label 1")),
                Arguments.of("^XA^CC!1!XZ!XA2^XZ!XZ", List.of("label ^CC!1", "label 2^XZ")),
                Arguments.of("~CT#~HS#HS", List.of("~HS")),
                Arguments.of("^CC^^XA1^XZ", List.of("label 1")),
                Arguments.of("~H~HS^XA1", List.of("~HS")));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void readsTheSameWhereverTheStreamIsCut(String stream, List<String> expected) {
        byte[] bytes = stream.getBytes(StandardCharsets.ISO_8859_1);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                var told = new Told();
                var machine = new LabelMachine();
                take(machine, bytes, 0, first, told);
                take(machine, bytes, first, second, told);
                take(machine, bytes, second, bytes.length, told);
                assertThat(told.things).as("cut at %d and %d", first, second).isEqualTo(expected);
            }
        }
    }

    @Test
    void knowsThatAFormatIsOpenUntilItIsFinished() {
        var machine = new LabelMachine();
        assertThat(machine.hasPartialFormat()).isFalse();
        take(machine, "^XA^FDhalf");
        assertThat(machine.hasPartialFormat()).isTrue();
        take(machine, "^XZ");
        assertThat(machine.hasPartialFormat()).isFalse();
    }

    @Test
    void forgetsItsFormatAndItsPrefixesWithItsPower() {
        var machine = new LabelMachine();
        take(machine, "^CC!!XAhalf");
        machine.powerOff();
        assertThat(take(machine, "^XZ^XA1^XZ")).containsExactly("label 1");
    }

    @Test
    void tellsLongLabelsApartByTheirEnds() {
        String long1 = "x".repeat(200_000) + "1";
        String long2 = "x".repeat(200_000) + "2";
        List<String> told = take(new LabelMachine(), "^XA" + long1 + "^XZ^XA" + long2 + "^XZ^XA" + long1 + "^XZ");
        assertThat(told).hasSize(3);
        assertThat(told.get(0)).isEqualTo(told.get(2)).isNotEqualTo(told.get(1));
        assertThat(told.get(0)).contains("(200001 bytes").hasSizeLessThan(70_000);
    }

    @Test
    void keepsLabelsOfTheMostBytesWhole() {
        IntStream.of(65_535, 65_536, 65_537).forEach(size -> {
            String text = "y".repeat(size);
            String told = take(new LabelMachine(), "^XA" + text + "^XZ").get(0);
            assertThat(told.equals("label " + text)).as("%d bytes", size).isEqualTo(size <= 65_536);
        });
    }

    private static List<String> take(LabelMachine machine, String stream) {
        byte[] bytes = stream.getBytes(StandardCharsets.ISO_8859_1);
        var told = new Told();
        take(machine, bytes, 0, bytes.length, told);
        return told.things;
    }

    private static void take(LabelMachine machine, byte[] bytes, int from, int to, Told told) {
        byte[] part = Arrays.copyOfRange(bytes, from, to);
        machine.take(part, part.length, told);
    }
}
