package io.platen.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OriginTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,-,false",
                "same-origin,-,false",
                "none,-,false",
                "cross-site,-,true",
                "same-site,-,true",
                "-,http://platen:8631,false",
                "-,https://platen:8631,false",
                "-,http://evil.example,true",
                "-,null,true",
                "same-origin,http://evil.example,true"
            })
    void tellsAPageOfAnotherOrigin(String site, String origin, boolean isAnother) {
        HttpRequest request = with(with(host("platen:8631"), "Sec-Fetch-Site", site), "Origin", origin);

        assertThat(Origin.isAnother(request)).isEqualTo(isAnother);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,false",
        "LOCALHOST:8631,false",
        "127.0.0.1:8631,false",
        "[::1]:8631,false",
        "evil.example,true",
        "localhost.evil.example,true"
    })
    void tellsABrowserThatWasGivenAnotherNameForThisMachine(String host, boolean isRebound) {
        assertThat(Origin.isRebound(with(host(host), "User-Agent", "Mozilla/5.0")))
                .isEqualTo(isRebound);
    }

    @Test
    void programsMayCallThisMachineWhatTheyLike() {
        assertThat(Origin.isRebound(with(host("printserver"), "User-Agent", "curl/8.5")))
                .isFalse();
    }

    private static HttpRequest host(String host) {
        return with(HttpRequest.POST("/v1/failures/discard"), "Host", host);
    }

    private static HttpRequest with(HttpRequest request, String header, String value) {
        return value == null ? request : request.addHeader(RawHeader.create(header, value));
    }
}
