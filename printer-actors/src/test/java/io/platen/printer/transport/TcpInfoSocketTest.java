package io.platen.printer.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernel's numbers of TCP states (Linux, include/net/tcp_states.h). */
final class TcpInfoSocketTest {

    @ParameterizedTest
    @CsvSource({
        "1, ESTABLISHED",
        "2, SYN_SENT",
        "3, SYN_RECV",
        "4, FIN_WAIT_1",
        "5, FIN_WAIT_2",
        "6, TIME_WAIT",
        "7, CLOSE",
        "8, CLOSE_WAIT",
        "9, LAST_ACK",
        "10, LISTEN",
        "11, CLOSING",
        "0, UNKNOWN",
        "12, UNKNOWN",
        "255, UNKNOWN"
    })
    void stateIsNamed(int number, String name) {
        assertThat(TcpInfoSocket.state(number)).isEqualTo(name);
    }
}
