package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Manners;
import io.platen.printer.diagnosis.TranscriptEntry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who did what, in the words of a packet capture. */
final class AttemptTranscriptTest {
    private final AttemptTranscript transcript = new AttemptTranscript(() -> 0);

    private String latest() {
        var entries = transcript.entries();
        TranscriptEntry entry = entries.get(entries.size() - 1);
        return entry.side().keyword() + " " + entry.event() + ": " + entry.note();
    }

    /** Only an RST is the printer's; what the network or its timeout ended is not. */
    @ParameterizedTest
    @CsvSource({
        "ECONNRESET, printer rst",
        "EPIPE, printer rst",
        "ETIMEDOUT, network timeout",
        "EHOSTUNREACH, network timeout"
    })
    void endIsThePrintersOrTheNetworks(Errno errno, String who) {
        transcript.broken(errno.exception());

        assertThat(latest()).isEqualTo(who + ": " + errno.keyword());
    }

    @ParameterizedTest
    @CsvSource({"ECONNREFUSED, printer rst", "EHOSTUNREACH, network failed"})
    void refusedConnectionIsThePrintersRst(Errno errno, String who) {
        transcript.connectFailed(errno.exception());

        assertThat(latest()).isEqualTo(who + ": " + errno.keyword());
    }

    @Test
    void usedConnectionIsNotedWithBothEnds() {
        transcript.reused(new FakeLine(1, 100));

        assertThat(latest()).isEqualTo("us reused: open connection 127.0.0.1:50000 to 127.0.0.1:9100");
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, printer, over",
        "ZERO_WINDOW, printer, zero window",
        "RETRANSMITTING, network, retransmitting",
        "PROBES_UNANSWERED, network, zero window"
    })
    void stallNamesItsSideAndTheBytes(Liveness.Stall stall, String side, String how) {
        transcript.stalled(stall, 1000, 24);

        assertThat(latest()).startsWith(side + " stall: " + how).endsWith(": 1,000 acknowledged, 24 not");
    }

    @Test
    void printerOfWhichNothingIsKnownTeachesNothing() {
        transcript.learned(Manners.UNKNOWN, Duration.ofSeconds(10));

        assertThat(transcript.entries()).isEmpty();
    }
}
