package io.platen.printer.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which order several addresses are tried (RFC 8305, section 4). */
final class RaceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ::1                             | ::1
            127.0.0.1                       | 127.0.0.1
            ::1 ::2 ::3                     | ::1 ::2 ::3
            ::1 ::2 127.0.0.1 127.0.0.2     | ::1 127.0.0.1 ::2 127.0.0.2
            127.0.0.1 127.0.0.2 ::1 ::2     | 127.0.0.1 ::1 127.0.0.2 ::2
            127.0.0.1 ::1 ::2 ::3           | 127.0.0.1 ::1 ::2 ::3
            ::1 ::2 ::3 127.0.0.1           | ::1 127.0.0.1 ::2 ::3
            ::1 127.0.0.1 127.0.0.2 ::2     | ::1 127.0.0.1 ::2 127.0.0.2
            """)
    void familiesTakeTurnsBeginningWithTheFirst(String given, String tried) {
        assertThat(Race.interleaved(addresses(given))).isEqualTo(addresses(tried));
    }

    private static List<InetSocketAddress> addresses(String hosts) {
        return Arrays.stream(hosts.split(" ", -1))
                .map(host -> new InetSocketAddress(host, 9100))
                .toList();
    }
}
