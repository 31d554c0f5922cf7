package io.platen.printer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PrinterAddressTest {
    @ParameterizedTest
    @CsvSource({
        "socket://10.0.0.5:9100, 10.0.0.5, 9100, socket://10.0.0.5:9100",
        "socket://10.0.0.5, 10.0.0.5, 9100, socket://10.0.0.5:9100",
        "SOCKET://dock-4.example:1, dock-4.example, 1, socket://dock-4.example:1",
        "socket://[2001:db8::5]:9100, 2001:db8::5, 9100, socket://[2001:db8::5]:9100",
        "socket://[fe80::1%25eth0]:9100, fe80::1%eth0, 9100, socket://[fe80::1%25eth0]:9100",
        "socket://[fe80::1%25br-lan]:9100, fe80::1%br-lan, 9100, socket://[fe80::1%25br-lan]:9100",
        "socket://[fe80::1%253]:9100, fe80::1%3, 9100, socket://[fe80::1%253]:9100",
        "socket://0.0.0.0:65535, 0.0.0.0, 65535, socket://0.0.0.0:65535",
        "socket://255.249.199.99:9100, 255.249.199.99, 9100, socket://255.249.199.99:9100",
    })
    void readsAndWrites(String uri, String host, int port, String written) {
        var address = PrinterAddress.parse(uri);

        assertThat(address).isEqualTo(new PrinterAddress(host, port));
        assertThat(address.uri()).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.5:9100",
                "http://10.0.0.5:9100",
                "socket://",
                "socket://:9100",
                "socket://10.0.0.5:0",
                "socket://10.0.0.5:65536",
                "socket://10.0.0.5:9100/path",
                "socket://10.0.0.5:9100?query",
                "socket://user@10.0.0.5:9100",
                "socket://127.1:9100",
                "socket://010.0.0.1:9100",
                "socket://10.0.0.05:9100",
                "socket://10.0.0.256:9100",
                "socket://0x7f000001:9100",
                "socket://10.0.0.1.:9100",
                "socket://....:9100",
                "socket://[fe80::1:9100",
                "socket://a b:9100",
            })
    void refuses(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrinterAddress.accept(uri))
                .withMessageMatching("(?s).{20,}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socket://[fe80::1]:9100",
                "socket://[FE80::1]:9100",
                "socket://[febf::1]:9100",
                "socket://[fe80::1%25no-such-zone]:9100",
                "socket://[fe80::1%25999999]:9100"
            })
    void linkLocalAddressNeedsAZoneOfThisHost(String uri) {
        assertThatIllegalArgumentException().isThrownBy(() -> PrinterAddress.accept(uri));
        assertThat(PrinterAddress.parse(uri).port()).as("a stored one is read").isEqualTo(9100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socket://[fe80::1%25lo]:9100",
                "socket://[2001:db8::5]:9100",
                "socket://10.0.0.5",
                "socket://fe80:9100"
            })
    void otherAddressesNeedNone(String uri) {
        assertThat(PrinterAddress.accept(uri)).isEqualTo(PrinterAddress.parse(uri));
    }
}
