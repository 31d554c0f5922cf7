package io.platen.api.http.printers;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.api.wire.Json;
import io.platen.api.wire.ProfileReader;
import io.platen.spooler.job.PrinterProfile;
import org.junit.jupiter.api.Test;

/** A tag names one configuration (RFC 9110, section 8.8.3). */
final class EntityTagTest {
    private final PrinterProfile profile = read("{\"uri\":\"socket://10.0.0.5\",\"tags\":[\"a\"]}");
    private final PrinterProfile other = read("{\"uri\":\"socket://10.0.0.5\",\"tags\":[\"b\"]}");

    @Test
    void sameConfigurationHasTheSameTagAndAnotherHasAnother() {
        assertThat(EntityTag.of(profile))
                .isEqualTo(EntityTag.of(read("{\"tags\":[\"a\"],\"uri\":\"socket://10.0.0.5:9100\"}")));
        assertThat(EntityTag.of(profile)).isNotEqualTo(EntityTag.of(other));
        assertThat(EntityTag.of(profile)).matches("\"[0-9a-f]+\"");
    }

    @Test
    void oneOfSeveralTagsIsEnough() {
        String own = EntityTag.of(profile);

        assertThat(EntityTag.matches(own, profile)).isTrue();
        assertThat(EntityTag.matches("\"x\", " + own + ",\"y\"", profile)).isTrue();
        assertThat(EntityTag.matches("*", profile)).isTrue();
        assertThat(EntityTag.matches(EntityTag.of(other), profile)).isFalse();
        assertThat(EntityTag.matches("", profile)).isFalse();
    }

    /** The comparison of If-Match is the strong one, in which a weak tag matches nothing (RFC 9110, section 13.1.1). */
    @Test
    void weakTagDoesNotMatch() {
        assertThat(EntityTag.matches("W/" + EntityTag.of(profile), profile)).isFalse();
    }

    private static PrinterProfile read(String json) {
        try {
            return ProfileReader.read(null, Json.parse(json));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
