package io.platen.printer.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostStatusTest {

    @ParameterizedTest
    @CsvSource({
        "false, false, false, 0, false, '030,0,0,1245,000,0,0,0,000,0,0,0', '000,0,0,0,0,2,4,0,00000000,1,000', 00000000",
        "true, false, false, 0, false, '030,1,0,1245,000,0,0,0,000,0,0,0', '000,0,0,0,0,2,4,0,00000000,1,000', 00000001",
        "false, true, false, 1, true, '030,0,1,1245,000,0,0,1,000,0,0,0', '000,0,0,0,0,2,4,0,00000001,1,000', 00010000",
        "true, false, true, 8, false, '030,1,0,1245,007,0,0,0,000,0,0,0', '000,0,1,0,0,2,4,0,00000001,1,000', 00000005"
    })
    void saysWhatIsTrue(
            boolean mediaOut,
            boolean paused,
            boolean coverOpen,
            int waiting,
            boolean partial,
            String first,
            String second,
            String errors) {
        var status = new HostStatus(mediaOut, paused, coverOpen, waiting, partial);
        assertThat(status.hostStatus())
                .isEqualTo("\u0002" + first + "\u0003\r\n\u0002" + second + "\u0003\r\n\u00021234,0\u0003\r\n");
        assertThat(status.hostQuery())
                .startsWith("\u0002\r\n")
                .endsWith("\u0003")
                .contains("ERRORS:         " + (errors.equals("00000000") ? 0 : 1) + " 00000000 " + errors + "\r\n");
    }
}
