package io.platen.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublicAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "198.18.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::1",
                "2001:0:4136:e378::1",
                "100::1",
                "::ffff:127.0.0.1"
            })
    void whatOnlyThisNetworkReachesIsPrivate(String address) throws UnknownHostException {
        assertThat(PublicAddresses.isPrivate(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"8.8.8.8", "100.128.0.1", "172.32.0.1", "192.1.0.1", "2001:4860:4860::8888", "2606:4700::1"})
    void whatIsForThePublicIsNot(String address) throws UnknownHostException {
        assertThat(PublicAddresses.isPrivate(InetAddress.getByName(address))).isFalse();
    }
}
