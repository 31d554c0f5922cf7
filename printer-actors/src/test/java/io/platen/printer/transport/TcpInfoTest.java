package io.platen.printer.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.transport.TcpInfo.Timer;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kernel's account means. */
final class TcpInfoTest {

    @ParameterizedTest
    @CsvSource({
        "ESTABLISHED, true, false",
        "FIN_WAIT_2, false, false",
        "CLOSE_WAIT, false, false",
        "TIME_WAIT, false, false",
        "CLOSE, false, true"
    })
    void onlyCloseIsTheEndAndOnlyEstablishedGoesBothWays(String state, boolean isEstablished, boolean isClosed) {
        assertThat(in(state).isEstablished()).isEqualTo(isEstablished);
        assertThat(in(state).isClosed()).isEqualTo(isClosed);
    }

    /** An RST ends timers and what is pending; what was counted before it stays true. */
    @Test
    void resetKeepsTheCountsAndEndsTheRest() {
        TcpInfo after = in("ESTABLISHED").afterReset();

        assertThat(after)
                .isEqualTo(new TcpInfo(
                        "CLOSE",
                        Timer.NONE,
                        0,
                        0,
                        OptionalLong.of(12),
                        OptionalLong.of(4),
                        1000,
                        OptionalLong.of(7),
                        OptionalLong.of(0),
                        0));
    }

    private static TcpInfo in(String state) {
        return new TcpInfo(
                state,
                Timer.RETRANSMISSION,
                2,
                3,
                OptionalLong.of(12),
                OptionalLong.of(4),
                1000,
                OptionalLong.of(7),
                OptionalLong.of(0),
                104);
    }
}
