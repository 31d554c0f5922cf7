package io.platen.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallbackUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://erp.example, https://erp.example",
        "https://erp.example/, https://erp.example",
        "https://erp.example/SECRET, https://erp.example/…",
        "https://erp.example/?key=SECRET, https://erp.example/…",
        "https://erp.example?key=SECRET, https://erp.example/…",
        "https://hooks.example:8443/services/T0/SECRET, https://hooks.example:8443/services/…",
        "http://[2001:db8::1]:80/a/b?c=SECRET, http://[2001:db8::1]:80/a/…",
        "https://webhook.example/1b4e28ba-2fa1-11d2-883f-0016d3cca427/x, https://webhook.example/…",
        "https://erp.example/SECRET/, https://erp.example/…",
        "https://erp.example/0123456789012345678901234567890123456789SECRET/x, https://erp.example/…"
    })
    void hidesWhatMayBeASecret(String url, String shown) {
        assertThat(CallbackUrl.shown(url)).isEqualTo(shown);
    }
}
