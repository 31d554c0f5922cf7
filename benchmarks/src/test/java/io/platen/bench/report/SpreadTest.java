package io.platen.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpreadTest {

    @Test
    void medianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 100.0))).isEqualTo(new Spread(3.5, 1, 100));
    }

    @Test
    void needsAValue() {
        assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0         | 0.00
            0.0123    | 0.012
            1.234     | 1.23
            9.996     | 10.0
            12.34     | 12.3
            99.96     | 100
            1234567.8 | 1,234,568
            """)
    void figuresHaveThreeDigits(double value, String text) {
        assertThat(Figures.text(value)).isEqualTo(text);
    }
}
