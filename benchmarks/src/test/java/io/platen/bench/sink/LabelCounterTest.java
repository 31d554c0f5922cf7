package io.platen.bench.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class LabelCounterTest {

    static List<Arguments> inputs() {
        return List.of(
                Arguments.of("", List.of()),
                Arguments.of("^XA^FDhello^FS^XZ", List.of(-1L)),
                Arguments.of("^XA^FDJOB=000000000012^FS^XZ", List.of(12L)),
                Arguments.of("^XA^FDJOB=7^XZ^XA^FDJOB=8^FS^XZ\n", List.of(7L, 8L)),
                Arguments.of("^XA^FDJOB=7^FS^XZ^XA^XZ", List.of(7L, -1L)),
                Arguments.of("^^XZ", List.of(-1L)),
                Arguments.of("^X^XZ", List.of(-1L)),
                Arguments.of("^XYZ^X Z^ XZ XZ^X", List.of()),
                Arguments.of("^XZ^XZ^XZ", List.of(-1L, -1L, -1L)),
                Arguments.of("^FD^FDJOB^FDJOB=5 text with _ and ] around^XZ", List.of(5L)),
                Arguments.of("]]]]]]]^XZ_______^XZ", List.of(-1L, -1L)),
                Arguments.of("\u0000\u007f\u00ff\u00de^XZ\u00de", List.of(-1L)));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void countsLabelsHoweverTheDataIsSplit(String data, List<Long> jobs) {
        byte[] bytes = data.getBytes(StandardCharsets.ISO_8859_1);
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            for (int at = 0; at <= bytes.length; at++) {
                assertThat(read(order, bytes, at))
                        .as("%s split at %d", order, at)
                        .isEqualTo(jobs);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void countsLabelsWhenEachByteComesByItself(String data, List<Long> jobs) {
        var counter = new LabelCounter();
        var seen = new ArrayList<Long>();
        for (byte each : data.getBytes(StandardCharsets.ISO_8859_1)) {
            counter.read(ByteBuffer.wrap(new byte[] {each}), (job, nanos) -> seen.add(job), 0);
        }
        assertThat(seen).isEqualTo(jobs);
    }

    private static List<Long> read(ByteOrder order, byte[] bytes, int at) {
        var counter = new LabelCounter();
        var seen = new ArrayList<Long>();
        int labels = counter.read(ByteBuffer.wrap(bytes, 0, at).order(order), (job, nanos) -> seen.add(job), 0);
        labels += counter.read(
                ByteBuffer.wrap(bytes, at, bytes.length - at).order(order), (job, nanos) -> seen.add(job), 0);
        assertThat(labels).isEqualTo(seen.size());
        return seen;
    }
}
