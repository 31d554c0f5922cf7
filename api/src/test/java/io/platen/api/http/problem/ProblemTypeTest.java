package io.platen.api.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Problems are explained, and those of the HTTP parser are known by their status. */
final class ProblemTypeTest {

    @ParameterizedTest
    @CsvSource({
        "400, BAD_REQUEST",
        "408, UPLOAD_TOO_SLOW",
        "411, LENGTH_REQUIRED",
        "413, BODY_TOO_LARGE",
        "414, URI_TOO_LONG",
        "431, HEADERS_TOO_LARGE",
        "501, METHOD_UNKNOWN",
        "505, VERSION_NOT_SUPPORTED",
        "418, BAD_REQUEST"
    })
    void statusOfTheParserHasItsType(int status, ProblemType type) {
        assertThat(ProblemType.ofStatus(status)).isEqualTo(type);
    }

    /** The type of a problem is a path, which is answered with what it means (RFC 9457, section 3.1.1). */
    @ParameterizedTest
    @EnumSource
    void eachIsAnErrorWithAnExplanation(ProblemType type) {
        assertThat(type.status()).isBetween(400, 599);
        assertThat(type.slug()).matches("[a-z-]+");
        assertThat(type.title()).matches("[A-Z].*[^.]");
        assertThat(type.explanation()).matches("[A-Z].*\\.").isNotEqualTo(type.title());
    }

    /** Only what passes by itself is worth a Retry-After. */
    @ParameterizedTest
    @CsvSource({
        "QUEUE_FULL, true",
        "STARTING, true",
        "RATE_LIMITED, true",
        "STORE_FULL, false",
        "WRONG_STATE, false",
        "INTERNAL_ERROR, false"
    })
    void someCanBeTriedAgain(ProblemType type, boolean isPassing) {
        assertThat(type.isPassing()).isEqualTo(isPassing);
    }
}
