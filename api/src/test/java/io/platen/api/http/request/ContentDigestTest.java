package io.platen.api.http.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.api.http.problem.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The field of RFC 9530, of which SHA-256 is understood. The example is that of its appendix D. */
final class ContentDigestTest {
    private static final String BASE64 = "X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=";
    private static final String HEX = "5f8f04f6a3a892aaabbddb6cf273894493773960d4a325b105fee46eef4304f1";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256=:" + BASE64 + ":",
                " sha-256=:" + BASE64 + ": ",
                "sha-512=:AAAA:, sha-256=:" + BASE64 + ":",
                "sha-256=:" + BASE64 + ":,sha-512=:AAAA:",
                "sha-256=:" + BASE64 + ":;p=1",
                "sha-256=" + HEX,
                "sha-256=5F8F04F6A3A892AAABBDDB6CF273894493773960D4A325B105FEE46EEF4304F1"
            })
    void sha256IsFound(String header) {
        assertThat(ContentDigest.sha256(header)).isEqualTo(HEX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha-256",
                "sha-256=",
                "sha-256=::",
                "sha-256=:AAAA:",
                "sha-256=:" + BASE64,
                "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE==:",
                "sha-256=:" + BASE64 + BASE64 + ":",
                "sha-512=:" + BASE64 + ":",
                "xsha-256=:" + BASE64 + ":",
                "sha-256=5f8f04"
            })
    void anythingElseIsRefused(String header) {
        assertThatThrownBy(() -> ContentDigest.sha256(header))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.response().status().intValue())
                                .isEqualTo(400));
    }
}
