package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SocketTextTest {
    @Test
    void portFollowsTheAddressAndIpv6IsBracketed() throws UnknownHostException {
        assertThat(SocketText.of(new InetSocketAddress(InetAddress.getByName("10.0.0.5"), 9100)))
                .isEqualTo("10.0.0.5:9100");
        assertThat(SocketText.of(new InetSocketAddress(InetAddress.getByName("fd00::5"), 9100)))
                .isEqualTo("[fd00:0:0:0:0:0:0:5]:9100");
    }

    @Test
    void noConnectionHasNoText() {
        assertThat(SocketText.of(Optional.empty())).isNull();
    }
}
