package io.platen.printer.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An amount from 1 to 1,000 is a share of the most, and never nothing. */
final class ChoiceTest {

    @ParameterizedTest
    @CsvSource({"1000, 200, 200", "500, 200, 100", "1, 200, 1", "1, 1, 1", "1000, 1, 1", "999, 1000, 999", "1, 5000, 5"
    })
    void isAShareOfTheMost(int amount, long most, int share) {
        assertThat(new Choice(Choice.Act.READ, amount).of(most)).isEqualTo(share);
    }
}
