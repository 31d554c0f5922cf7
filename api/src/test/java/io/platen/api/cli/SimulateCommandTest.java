package io.platen.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.printer.simulator.Conduct;
import io.platen.printer.simulator.ConversationEnd;
import io.platen.printer.simulator.ConversationEnd.Kind;
import io.platen.printer.simulator.PrinterAnswers.Answering;
import io.platen.printer.simulator.PrinterInput;
import io.platen.printer.simulator.Printing;
import io.platen.printer.simulator.RandomConduct;
import io.platen.printer.simulator.Saying;
import io.platen.printer.simulator.Saying.Moment;
import io.platen.printer.simulator.Scenario;
import io.platen.printer.simulator.SimulatorSettings;
import io.platen.printer.simulator.Tongue;
import io.platen.printer.simulator.Trouble;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

final class SimulateCommandTest {
    private static final Conduct HEALTHY = Conduct.HEALTHY;

    static Stream<Arguments> options() {
        return Stream.of(
                row("", HEALTHY),
                row("--bytes-per-second 500", HEALTHY.reading(PrinterInput.FAST.atBytesPerSecond(500))),
                row(
                        "--pause-every 100 --pause-for 2s",
                        HEALTHY.reading(PrinterInput.FAST.pausing(100, Duration.ofSeconds(2)))),
                row("--buffer-while-stopped 9", HEALTHY.reading(PrinterInput.FAST.bufferingWhileStopped(9))),
                row("--label-takes 250ms", HEALTHY.printing(Printing.taking(Duration.ofMillis(250)))),
                row("--prints after-job", HEALTHY.printing(new Printing(Printing.When.AFTER_JOB, Duration.ZERO))),
                row("--needs-pause 5s", HEALTHY.needingPause(Duration.ofSeconds(5))),
                row(
                        "--media-out-after-labels 3 --media-back-after 10s",
                        HEALTHY.troubledBy(new Trouble(Trouble.Kind.MEDIA_OUT, 3, Duration.ofSeconds(10)))),
                row(
                        "--cover-open-after-labels 0",
                        HEALTHY.troubledBy(new Trouble(Trouble.Kind.COVER_OPEN, 0, Conduct.FOR_EVER))),
                row(
                        "--reset-after 7 --times 2",
                        HEALTHY.ending(ConversationEnd.afterBytes(Kind.RESET_AFTER_BYTES, 7))
                                .onFirst(2)),
                row("--reject-after 7 --reply NO\\r", HEALTHY.ending(ConversationEnd.rejecting(7, "NO\r"))),
                row("--reject-after 7", HEALTHY.ending(ConversationEnd.rejecting(7, "ERR:FORMAT\r\n"))),
                row("--reset-after-job", HEALTHY.ending(ConversationEnd.of(Kind.RESET_AFTER_JOB))),
                row(
                        "--reset-after-label 100ms",
                        HEALTHY.ending(ConversationEnd.after(Kind.RESET_AFTER_LABEL, Duration.ofMillis(100)))),
                row(
                        "--half-close-first --misbehave-for 2m",
                        HEALTHY.ending(ConversationEnd.of(Kind.FIN_FIRST)).lasting(Duration.ofMinutes(2))),
                row(
                        "--says-at-accept \\x11\\0 --says-when-stopped \\x15",
                        HEALTHY.saying(Saying.at(Moment.AT_ACCEPT, "\u0011\0"))
                                .saying(Saying.at(Moment.WHEN_STOPPED, "\u0015"))),
                row(
                        "--says-every 500ms=\\x02A\\x03",
                        HEALTHY.saying(new Saying(Moment.EVERY_MILLIS_WHILE_WELL, 500, "\u0002A\u0003"))),
                row("--says-after-bytes 30=ERR=1", HEALTHY.saying(Saying.afterBytes(30, "ERR=1"))),
                row(
                        "--answers-hs not-while-out --answer-byte-by-byte",
                        HEALTHY.answering(HEALTHY.answers()
                                .hostStatus(Answering.NOT_WHILE_OUT)
                                .inSingleBytes())),
                row(
                        "--answer-before \\r\\n --answer-delay 3s",
                        HEALTHY.answering(HEALTHY.answers().between("\r\n", "").delayed(Duration.ofSeconds(3)))),
                row(
                        "--scenario needs-a-pause --never-close",
                        HEALTHY.needingPause(Duration.ofSeconds(5)).ending(ConversationEnd.of(Kind.NEVER_CLOSES))));
    }

    private static Arguments row(String options, Conduct expected) {
        return Arguments.of(options, expected);
    }

    @ParameterizedTest
    @MethodSource("options")
    void asksForTheConduct(String options, Conduct expected) {
        assertThat(settings(options).conduct()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void leavesAScenarioAsItIs(Scenario scenario) {
        assertThat(settings("--scenario " + scenario.title()).conduct()).isEqualTo(scenario.conduct());
    }

    @Test
    void startsTheRandomPrinterFromItsSeed() {
        assertThat(settings("--scenario random --seed 7 --worst-until 200 --tongue sbpl")
                        .random())
                .isEqualTo(RandomConduct.seeded(7).worstUntil(200).speaking(Tongue.SBPL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--scenario nothing-known",
                "--needs-pause 5",
                "--answers-hs perhaps",
                "--reset-after 7 --never-close",
                "--reply \\q",
                "--says-after-bytes x=y"
            })
    void refusesWhatItDoesNotKnow(String options) {
        assertThatThrownBy(() -> settings(options)).isInstanceOf(ParameterException.class);
    }

    private static SimulatorSettings settings(String options) {
        var command = new SimulateCommand();
        new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(options.isEmpty() ? new String[0] : options.split(" "));
        return command.settings();
    }
}
