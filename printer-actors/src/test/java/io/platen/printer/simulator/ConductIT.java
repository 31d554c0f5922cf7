package io.platen.printer.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.simulator.Client.End;
import io.platen.printer.simulator.Client.Heard;
import io.platen.printer.simulator.ConversationEnd.Kind;
import io.platen.printer.simulator.PrinterAnswers.Answering;
import io.platen.printer.simulator.Saying.Moment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client sees of each conduct: what it reads, how its connection ends, and what came out. */
@Timeout(60)
final class ConductIT {
    private static final Conduct HEALTHY = Conduct.HEALTHY;
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final String WELL = HostStatus.WELL.hostStatus();

    static Stream<Arguments> conducts() {
        String job = "^XA1^XZ";
        String asking = job + "~HS";
        return Stream.of(
                row(HEALTHY, job, "", End.FIN, "1"),
                row(HEALTHY, asking, WELL, End.FIN, "1"),
                row(HEALTHY, "~HQES", HostStatus.WELL.hostQuery(), End.FIN),
                row(HEALTHY, "^XA~HS^XZ", new HostStatus(false, false, false, 0, true).hostStatus(), End.FIN, "~HS"),
                row(ending(ConversationEnd.of(Kind.RESET_AFTER_JOB)), job, "", End.RESET, "1"),
                row(ending(ConversationEnd.after(Kind.RESET_AFTER_JOB, SHORT)), job, "", End.RESET, "1"),
                row(ending(ConversationEnd.after(Kind.RESET_AFTER_LABEL, SHORT)), job, "", End.RESET, "1"),
                row(ending(ConversationEnd.after(Kind.RESET_AFTER_LABEL, SHORT)), "no label", "", End.FIN),
                row(ending(ConversationEnd.after(Kind.CLOSE_AFTER_LABEL, SHORT)), job, "", End.FIN, "1"),
                row(ending(ConversationEnd.of(Kind.RESET_AT_ACCEPT)), job, "", End.RESET),
                row(ending(ConversationEnd.of(Kind.FIN_FIRST)), job, "", End.FIN, "1"),
                row(
                        ending(ConversationEnd.afterBytes(Kind.RESET_AFTER_BYTES, 9)),
                        "^XA1^XZ^XA2^XZ",
                        "",
                        End.RESET,
                        "1"),
                row(ending(ConversationEnd.afterBytes(Kind.RESET_AFTER_BYTES, 100)), job, "", End.FIN, "1"),
                row(ending(ConversationEnd.rejecting(2, "ERR\r\n")), job, "ERR\r\n", End.RESET),
                row(saying(Moment.AT_ACCEPT, "hello"), job, "hello", End.FIN, "1"),
                row(saying(Moment.AFTER_LABEL, "\u0006"), "^XA1^XZ^XA2^XZ", "\u0006\u0006", End.FIN, "1", "2"),
                row(saying(Moment.AFTER_JOB, "bye"), asking, WELL + "bye", End.FIN, "1"),
                row(
                        HEALTHY.saying(Saying.afterBytes(0, "zero")).saying(Saying.afterBytes(7, "\u00157")),
                        asking,
                        "zero\u00157" + WELL,
                        End.FIN,
                        "1"),
                row(
                        answering(PrinterAnswers.NORMAL.between("\u0011\0", "\r\n")),
                        "~HS",
                        "\u0011\0" + WELL + "\r\n",
                        End.FIN),
                row(answering(PrinterAnswers.NORMAL.inSingleBytes()), "~HS", WELL, End.FIN),
                row(answering(PrinterAnswers.NORMAL.both(Answering.NEVER)), asking + "~HQES", "", End.FIN, "1"),
                row(
                        answering(PrinterAnswers.NORMAL.hostStatus(Answering.NEVER)),
                        "~HS~HQES",
                        HostStatus.WELL.hostQuery(),
                        End.FIN),
                row(HEALTHY.printing(new Printing(Printing.When.AFTER_JOB, Duration.ZERO)), job, "", End.FIN, "1"),
                row(HEALTHY.printing(new Printing(Printing.When.NEVER, Duration.ZERO)), job, "", End.FIN),
                row(
                        HEALTHY.printing(Printing.taking(SHORT)).ending(ConversationEnd.of(Kind.FIN_WHEN_PRINTED)),
                        "^XA1^XZ^XA2^XZ",
                        "",
                        End.FIN,
                        "1",
                        "2"),
                row(HEALTHY.reading(PrinterInput.FAST.pausing(3, SHORT)), job, "", End.FIN, "1"));
    }

    @ParameterizedTest(name = "{index}: {1}")
    @MethodSource("conducts")
    void showsItsClient(Conduct conduct, String sent, Heard expected, List<String> cameOut) throws Exception {
        var ended = new CountDownLatch(1);
        var settings = SimulatorSettings.healthy().with(conduct);
        try (var printer = SimulatedPrinter.start(settings, received -> ended.countDown());
                var client = new Client(printer)) {
            client.send(sent).halfClose();
            assertThat(client.hear()).isEqualTo(expected);
            ended.await();
            assertThat(texts(printer)).isEqualTo(cameOut);
        }
    }

    @ParameterizedTest
    @MethodSource("endsOfKeptOpen")
    void endsAConnectionThatItsSenderKeepsOpen(ConversationEnd ending, End expected) throws Exception {
        try (var printer = start(ending(ending));
                var client = new Client(printer)) {
            client.send("^XA1^XZ");
            assertThat(client.hear()).isEqualTo(new Heard("", expected));
            assertThat(texts(printer)).containsExactly("1");
        }
    }

    static Stream<Arguments> endsOfKeptOpen() {
        return Stream.of(
                Arguments.of(ConversationEnd.after(Kind.RESET_AFTER_LABEL, SHORT), End.RESET),
                Arguments.of(ConversationEnd.after(Kind.CLOSE_AFTER_LABEL, SHORT), End.FIN),
                Arguments.of(ConversationEnd.afterBytes(Kind.RESET_AFTER_BYTES, 7), End.RESET),
                Arguments.of(ConversationEnd.afterBytes(Kind.CLOSE_AFTER_BYTES, 7), End.FIN));
    }

    @Test
    void neverClosesAndTakesTheNextOne() throws Exception {
        try (var printer = start(ending(ConversationEnd.of(Kind.NEVER_CLOSES)));
                var first = new Client(printer);
                var second = new Client(printer)) {
            assertThat(first.send("^XA1^XZ~HS").halfClose().hear(WELL)).isEqualTo(WELL);
            assertThat(second.send("^XA2^XZ~HS").halfClose().hear(WELL)).isEqualTo(WELL);
            assertThat(first.hearWhatComesSoon().end()).isEqualTo(End.NONE);
            assertThat(texts(printer)).containsExactly("1", "2");
        }
    }

    @Test
    void misbehavesOnTheFirstConnectionsOnly() throws Exception {
        try (var printer =
                start(ending(ConversationEnd.of(Kind.RESET_AT_ACCEPT)).onFirst(2))) {
            assertThat(job(printer, "^XA1^XZ").end()).isEqualTo(End.RESET);
            assertThat(job(printer, "^XA2^XZ").end()).isEqualTo(End.RESET);
            assertThat(job(printer, "^XA3^XZ").end()).isEqualTo(End.FIN);
            assertThat(texts(printer)).containsExactly("3");
        }
    }

    @Test
    void swallowsWhatComesBeforeItsPauseIsOver() throws Exception {
        try (var printer = start(HEALTHY.needingPause(Duration.ofMinutes(5)).onFirst(2))) {
            assertThat(job(printer, "^XA1^XZ~HS")).isEqualTo(new Heard(WELL, End.FIN));
            assertThat(job(printer, "^XA2^XZ~HS")).isEqualTo(new Heard("", End.FIN));
            assertThat(job(printer, "^XA3^XZ~HS")).isEqualTo(new Heard(WELL, End.FIN));
            assertThat(printer.printed()).extracting(Label::connection).containsExactly(1, 3);
        }
    }

    @Test
    void keepsAnUnfinishedFormatForTheNextConnection() throws Exception {
        try (var printer = start(HEALTHY)) {
            job(printer, "^XAhalf");
            job(printer, "^XA2^XZ^XA3^XZ");
            assertThat(texts(printer)).containsExactly("half^XA2", "3");
            assertThat(printer.printed()).extracting(Label::isSpoiled).containsExactly(true, false);
            assertThat(printer.labels()).isEqualTo(2);
            job(printer, "^XAlost");
            printer.restart();
            job(printer, "^XA4^XZ");
            assertThat(texts(printer)).containsExactly("half^XA2", "3", "4");
        }
    }

    @Test
    void answersWithoutAnEndAsFastAsItIsTold() throws Exception {
        var endless = PrinterAnswers.NORMAL.both(Answering.ENDLESS).endlessAt(100_000);
        try (var printer = start(answering(endless));
                var client = new Client(printer)) {
            String much = "\u0002" + "0".repeat(20_000);
            assertThat(client.send("^XA1^XZ~HS").hear(much)).isEqualTo(much);
        }
    }

    private static Arguments row(Conduct conduct, String sent, String words, End end, String... cameOut) {
        return Arguments.of(conduct, sent, new Heard(words, end), List.of(cameOut));
    }

    private static Conduct ending(ConversationEnd ending) {
        return HEALTHY.ending(ending);
    }

    private static Conduct saying(Moment moment, String words) {
        return HEALTHY.saying(Saying.at(moment, words));
    }

    private static Conduct answering(PrinterAnswers answers) {
        return HEALTHY.answering(answers);
    }

    private static SimulatedPrinter start(Conduct conduct) {
        return SimulatedPrinter.start(SimulatorSettings.healthy().with(conduct));
    }

    private static Heard job(SimulatedPrinter printer, String bytes) throws IOException {
        try (var client = new Client(printer)) {
            return client.send(bytes).halfClose().hear();
        }
    }

    private static List<String> texts(SimulatedPrinter printer) {
        return printer.printed().stream().map(Label::text).toList();
    }
}
