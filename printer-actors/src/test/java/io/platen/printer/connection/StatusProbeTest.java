package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.StatusProbe.Outcome;
import io.platen.printer.language.PrinterLanguage;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatusProbeTest {
    private final FakeLine line = new FakeLine(1, 0);

    @Test
    void languageWithoutAQueryIsSilentAtOnce() {
        assertThat(new StatusProbe(line, List.of()).ask()).isEqualTo(Outcome.SILENT);
        assertThat(line.asked).isEmpty();
    }

    @Test
    void asksEachQueryOnceAndThenThePrinterIsSilent() {
        var probe = new StatusProbe(line, List.of("~HS", "~HQES"));

        assertThat(probe.ask()).isEqualTo(Outcome.WAITING);
        assertThat(line.awaits(Timer.STATUS_REPLY)).isTrue();
        assertThat(probe.ask()).isEqualTo(Outcome.WAITING);
        assertThat(probe.ask()).isEqualTo(Outcome.SILENT);
        assertThat(line.asked).containsExactly("write", "write");
    }

    @Test
    void answerThatNothingIsWrongIsWellAndAnyOtherNot() {
        var probe = new StatusProbe(line, PrinterLanguage.ZPL.statusQueries());
        probe.ask();

        assertThat(probe.said(words(PhaseFixture.ALL_IS_WELL))).isEqualTo(Outcome.WELL);
        assertThat(probe.said(words(PhaseFixture.ALL_IS_WELL.replace("030,0,0", "030,1,0"))))
                .isEqualTo(Outcome.UNWELL);
    }

    @Test
    void wordsThatAnswerNoQuestionDecideNothing() {
        var probe = new StatusProbe(line, PrinterLanguage.ZPL.statusQueries());
        probe.ask();

        assertThat(probe.said(words("PQ JOB COMPLETED\r\n"))).isEqualTo(Outcome.WAITING);
    }

    private Words words(String said) {
        return line.heard(ByteString.fromString(said));
    }
}
