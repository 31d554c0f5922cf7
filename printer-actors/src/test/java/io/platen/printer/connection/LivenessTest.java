package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.connection.Liveness.Stall;
import io.platen.printer.transport.TcpInfo;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LivenessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Liveness liveness = new Liveness(0);

    /** What the kernel says after six seconds in which nothing moved, and whether the printer counts as gone. */
    @ParameterizedTest
    @CsvSource({
        // timer, retransmits, probes, ms since the last ACK, peer's window → silent, kind of stall
        "NONE,           0, 0, 6000, 65535, false, NONE",
        "RETRANSMISSION, 0, 0, 6000, 65535, false, NONE",
        "RETRANSMISSION, 1, 0, 6000, 65535, false, RETRANSMITTING",
        "RETRANSMISSION, 2, 0, 6000, 65535, true,  RETRANSMITTING",
        "PERSIST,        0, 0, 100,  0,     false, ZERO_WINDOW",
        "PERSIST,        0, 0, 6000, 0,     false, ZERO_WINDOW",
        "PERSIST,        0, 1, 6000, 0,     false, ZERO_WINDOW",
        "PERSIST,        0, 2, 6000, 0,     true,  PROBES_UNANSWERED",
    })
    void silenceNeedsAnOwedAnswer(
            TcpInfo.Timer timer, int retransmits, int probes, long sinceAck, long window, boolean silent, Stall stall) {
        long now = seconds(6);
        liveness.sampled(info(timer, retransmits, probes, sinceAck, window), 0, now);

        assertThat(liveness.isSilentFor(PATIENCE, now)).isEqualTo(silent);
        assertThat(liveness.newStall(true, now).orElse(Stall.NONE)).isEqualTo(stall);
    }

    /** One unanswered question counts when its answer has been missing for three seconds. */
    @Test
    void oneUnansweredRetransmissionCountsAfterThreeSeconds() {
        var owed = info(TcpInfo.Timer.RETRANSMISSION, 1, 0, 6000, 65_535);
        liveness.sampled(owed, 0, seconds(6));
        assertThat(liveness.isSilentFor(PATIENCE, seconds(8))).isFalse();

        assertThat(liveness.isSilentFor(PATIENCE, seconds(9))).isTrue();
    }

    @Test
    void acknowledgedBytesAreProgressAndAnAnswer() {
        liveness.sampled(info(TcpInfo.Timer.RETRANSMISSION, 2, 0, 6000, 65_535), 0, seconds(6));
        liveness.sampled(info(TcpInfo.Timer.NONE, 0, 0, 0, 65_535), 100, seconds(7));

        assertThat(liveness.isSilentFor(PATIENCE, seconds(11))).isFalse();
        assertThat(liveness.hasNoProgressFor(PATIENCE, seconds(11))).isFalse();
        assertThat(liveness.hasNoProgressFor(PATIENCE, seconds(12))).isTrue();
    }

    @Test
    void whatTheKernelTakesIsProgress() {
        liveness.written(10, seconds(4));

        assertThat(liveness.hasNoProgressFor(PATIENCE, seconds(8))).isFalse();
    }

    @Test
    void tellsOfAStallOnceAndOfItsEnd() {
        var closed = info(TcpInfo.Timer.PERSIST, 0, 0, 10, 0);
        liveness.sampled(closed, 0, seconds(2));
        assertThat(liveness.newStall(true, seconds(2))).contains(Stall.ZERO_WINDOW);
        assertThat(liveness.isHeldUp()).isTrue();
        assertThat(liveness.newStall(true, seconds(3))).isEmpty();

        liveness.sampled(info(TcpInfo.Timer.NONE, 0, 0, 10, 65_535), 10, seconds(4));
        assertThat(liveness.newStall(true, seconds(4))).contains(Stall.NONE);
    }

    @Test
    void nothingOwedIsNoStall() {
        liveness.sampled(info(TcpInfo.Timer.PERSIST, 0, 0, 10, 0), 0, seconds(60));

        assertThat(liveness.newStall(false, seconds(60))).isEmpty();
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private static TcpInfo info(TcpInfo.Timer timer, int retransmits, int probes, long sinceAck, long window) {
        return new TcpInfo(
                "ESTABLISHED",
                timer,
                retransmits,
                probes,
                OptionalLong.of(sinceAck),
                OptionalLong.of(0),
                0,
                OptionalLong.of(0),
                OptionalLong.of(window),
                0);
    }
}
