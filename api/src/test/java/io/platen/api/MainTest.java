package io.platen.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
    private static final int COMMANDS = 12;

    @ParameterizedTest
    @ValueSource(strings = {"serve", "journal", "submit"})
    void knowsTheCommandThatIsCalled(String command) {
        assertThat(Main.line(command, "--help").getSubcommands()).containsOnlyKeys(command);
        assertThat(Main.run(command, "--help")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "completion", "srve", ""})
    void knowsAllWhereOneIsNotEnough(String first) {
        assertThat(Main.line(first).getSubcommands()).hasSize(COMMANDS).containsKeys("serve", "demo", "completion");
        assertThat(Main.line().getSubcommands()).hasSize(COMMANDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"srve", "--no-such"})
    void refusesWhatItDoesNotKnow(String first) {
        assertThat(Main.run(first)).isEqualTo(2);
    }
}
