package io.platen.printer.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.simulator.PrinterAnswers.Answering;
import io.platen.printer.simulator.Saying.Moment;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A printer without media, paused or open, by command and by its schedule. */
@Timeout(60)
final class StoppedPrinterIT {
    private static final String WELL = HostStatus.WELL.hostStatus();
    private static final Conduct BUFFERING = Conduct.HEALTHY.reading(PrinterInput.FAST.bufferingWhileStopped(10_000));

    static Stream<Arguments> stops() {
        return Stream.of(
                stop("paused", SimulatedPrinter::pause, new HostStatus(false, true, false, 1, false)),
                stop("media out", SimulatedPrinter::outOfMedia, new HostStatus(true, false, false, 1, false)),
                stop("cover open", SimulatedPrinter::openCover, new HostStatus(false, false, true, 1, false)));
    }

    private static Arguments stop(String name, BiConsumer<SimulatedPrinter, Boolean> how, HostStatus status) {
        return Arguments.of(name, how, status);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stops")
    void buffersTellsAndPrintsLater(String name, BiConsumer<SimulatedPrinter, Boolean> stop, HostStatus status)
            throws Exception {
        Conduct conduct = BUFFERING
                .saying(Saying.at(Moment.WHEN_STOPPED, "\u0015"))
                .saying(Saying.at(Moment.WHEN_WELL_AGAIN, "\u0011"))
                .saying(Saying.at(Moment.AFTER_LABEL, "\u0006"));
        try (var printer = start(conduct);
                var client = new Client(printer)) {
            client.send("~HS");
            assertThat(client.hear(WELL)).isEqualTo(WELL);
            stop.accept(printer, true);
            String stopped = "\u0015" + status.hostStatus();
            assertThat(client.send("^XA1^XZ~HS").hear(stopped)).isEqualTo(stopped);
            assertThat(printer.printed()).isEmpty();
            stop.accept(printer, false);
            assertThat(client.hear("12").chars()).containsExactlyInAnyOrder(0x11, 0x06);
            assertThat(printer.printed()).extracting(Label::text).containsExactly("1");
        }
    }

    @Test
    void readsNothingWhileStoppedWithoutABuffer() throws Exception {
        try (var printer = start(Conduct.HEALTHY);
                var client = new Client(printer)) {
            printer.outOfMedia(true);
            client.send("~HS");
            assertThat(client.hearWhatComesSoon().words()).isEmpty();
            printer.outOfMedia(false);
            assertThat(client.hear(WELL)).isEqualTo(WELL);
        }
    }

    @Test
    void isSilentToHostStatusWhileOutAndAnswersHostQuery() throws Exception {
        PrinterAnswers answers = PrinterAnswers.NORMAL.hostStatus(Answering.NOT_WHILE_OUT);
        try (var printer = start(BUFFERING.answering(answers));
                var client = new Client(printer)) {
            printer.outOfMedia(true);
            String query = new HostStatus(true, false, false, 0, false).hostQuery();
            assertThat(client.send("~HS~HQES").hear(query)).isEqualTo(query);
            printer.outOfMedia(false);
            // The query that it ignored is never answered: this is the only answer.
            assertThat(client.send("~HS").halfClose().hear().words()).isEqualTo(WELL);
        }
    }

    @Test
    void answersWhatItWasAskedWhenTheMediaIsBack() throws Exception {
        PrinterAnswers answers = PrinterAnswers.NORMAL.both(Answering.WHEN_WELL_AGAIN);
        try (var printer = start(BUFFERING.answering(answers).saying(Saying.afterBytes(6, "read")));
                var client = new Client(printer)) {
            printer.outOfMedia(true);
            assertThat(client.send("~HS~HS").hear("read")).isEqualTo("read");
            printer.outOfMedia(false);
            assertThat(client.halfClose().hear().words()).isEqualTo(WELL + WELL);
        }
    }

    @Test
    void runsOutByItsScheduleAndHasMediaAgain() throws Exception {
        Conduct conduct = BUFFERING
                .troubledBy(new Trouble(Trouble.Kind.MEDIA_OUT, 2, Duration.ofMillis(100)))
                .saying(Saying.at(Moment.AFTER_LABEL, "L"))
                .saying(Saying.at(Moment.WHEN_STOPPED, "out"))
                .saying(Saying.at(Moment.WHEN_WELL_AGAIN, "back"));
        try (var printer = start(conduct);
                var client = new Client(printer)) {
            String expected = "LLoutLback";
            String heard = client.send("^XA1^XZ^XA2^XZ^XA3^XZ").hear(expected);
            assertThat(heard).startsWith("LLout").hasSameSizeAs(expected).contains("back");
            assertThat(printer.printed()).extracting(Label::text).containsExactly("1", "2", "3");
        }
    }

    @Test
    void saysItsStatusInCyclesThatTellWhetherItIsStopped() throws Exception {
        Conduct conduct = BUFFERING
                .saying(new Saying(Moment.EVERY_MILLIS_WHILE_WELL, 10, "A"))
                .saying(new Saying(Moment.EVERY_MILLIS_WHILE_STOPPED, 10, "c"));
        try (var printer = start(conduct);
                var client = new Client(printer)) {
            assertThat(client.hear("AAA")).isEqualTo("AAA");
            printer.outOfMedia(true);
            hearUntil(client, "ccc");
            printer.outOfMedia(false);
            hearUntil(client, "AAA");
        }
    }

    @Test
    void countsLabelsThatAreLeft() throws Exception {
        try (var printer = start(BUFFERING.printing(Printing.taking(Duration.ofHours(1))));
                var client = new Client(printer)) {
            String left = new HostStatus(false, false, false, 3, false).hostStatus();
            assertThat(client.send("^XA1^XZ^XA2^XZ^XA3^XZ~HS").hear(left)).isEqualTo(left);
            assertThat(client.send("~JA~HS").hear(WELL)).isEqualTo(WELL);
        }
    }

    private static void hearUntil(Client client, String wanted) throws IOException {
        String heard = "";
        while (!heard.endsWith(wanted)) {
            heard += client.hear("1");
        }
    }

    private static SimulatedPrinter start(Conduct conduct) {
        return SimulatedPrinter.start(SimulatorSettings.healthy().with(conduct));
    }
}
