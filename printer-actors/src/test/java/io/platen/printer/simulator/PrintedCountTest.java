package io.platen.printer.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PrintedCountTest {

    static Stream<Arguments> labels() {
        return Stream.of(
                Arguments.of(List.of(), 0, 0),
                Arguments.of(List.of("a", "b"), 0, 0),
                Arguments.of(List.of("a", "a", "b", "a"), 2, 0),
                Arguments.of(List.of("a", "half of a^XAb"), 0, 1));
    }

    @ParameterizedTest
    @MethodSource("labels")
    void countsLabelsThatRepeatAnEarlierOne(List<String> texts, int copies, int spoiled) {
        var labels = texts.stream().map(text -> new Label(1, text, 0)).toList();
        assertThat(PrintedCount.of(labels)).isEqualTo(new PrintedCount(texts.size(), copies, spoiled));
    }
}
