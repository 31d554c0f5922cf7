package io.platen.printer.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class ScenarioTest {

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void isFoundByItsTitle(Scenario scenario) {
        assertThat(scenario.title()).matches("[a-z]+(-[a-z]+)*");
        assertThat(Scenario.named(scenario.title())).contains(scenario);
        assertThat(scenario.description()).hasSizeLessThan(100);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"HEALTHY", "RANDOM"})
    void differsFromAHealthyPrinter(Scenario scenario) {
        assertThat(scenario.conduct()).isNotEqualTo(Conduct.HEALTHY);
    }

    @Test
    void endsWhenItsTimeOrItsConnectionsAre() {
        Conduct conduct = Conduct.HEALTHY
                .ending(ConversationEnd.of(ConversationEnd.Kind.RESET_AT_ACCEPT))
                .reading(PrinterInput.FAST.atBytesPerSecond(100))
                .onFirst(2)
                .lasting(Duration.ofSeconds(5));
        Conduct slow = Conduct.HEALTHY.reading(PrinterInput.FAST.atBytesPerSecond(100));
        assertThat(conduct.on(2, Duration.ofSeconds(4))).isEqualTo(conduct);
        assertThat(conduct.on(3, Duration.ofSeconds(4))).isEqualTo(slow);
        assertThat(conduct.on(1, Duration.ofSeconds(5))).isEqualTo(slow);
    }

    @Test
    void namesNothingElse() {
        assertThat(Scenario.named("PRINTS_THEN_RESETS")).isEmpty();
    }
}
