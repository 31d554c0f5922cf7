package io.platen.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token proves itself by its secret, of which only a hash is kept. */
final class ApiTokenTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void issuedTextIsTakenApartAndFitsItsToken() {
        var issued = issue(null);

        var presented = ApiToken.parse(issued.text()).orElseThrow();

        assertThat(presented.id()).isEqualTo(issued.token().id());
        assertThat(issued.token().hasSecret(presented.secret())).isTrue();
        assertThat(issue(null).token().hasSecret(presented.secret())).isFalse();
        assertThat(issued.token().toString()).doesNotContain(presented.secret());
    }

    @Test
    void everyTokenIsAnother() {
        var texts = new HashSet<String>();
        for (int i = 0; i < 1000; i++) {
            texts.add(issue(null).text());
        }
        assertThat(texts).hasSize(1000);
    }

    @Test
    void changedSecretIsNoSecret() {
        var issued = issue(null);
        String secret = ApiToken.parse(issued.text()).orElseThrow().secret();

        for (int at = 0; at < secret.length(); at++) {
            char other = secret.charAt(at) == 'A' ? 'B' : 'A';
            String changed = secret.substring(0, at) + other + secret.substring(at + 1);
            assertThat(issued.token().hasSecret(changed)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "platen_",
                "platen_0123456789ab_short",
                "platen_0123456789AB_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ",
                "platen_0123456789ab_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ ",
                "platen_0123456789ab_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQR",
                "Platen_0123456789ab_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ",
                "eyJhbGciOiJFUzI1NiJ9.e30.x"
            })
    void otherTextsAreNone(String text) {
        assertThat(ApiToken.parse(text)).isEmpty();
    }

    @Test
    void tokenIsUsableBeforeItExpiresAndUntilItIsRevoked() {
        var expiring = issue(NOON).token();
        var lasting = issue(null).token();

        assertThat(expiring.isUsable(NOON.minusNanos(1))).isTrue();
        assertThat(expiring.isUsable(NOON)).isFalse();
        assertThat(lasting.isUsable(Instant.MAX)).isTrue();
        assertThat(lasting.revoked(NOON).isUsable(NOON.minusSeconds(9))).isFalse();
    }

    @Test
    void firstRevocationStays() {
        var revoked = issue(null).token().revoked(NOON).revoked(NOON.plusSeconds(9));

        assertThat(revoked.revokedAt()).isEqualTo(NOON);
    }

    private static ApiToken.Issued issue(@Nullable Instant expiresAt) {
        return ApiToken.issue("erp", Role.SUBMITTER, Set.of("dock-1"), NOON, expiresAt);
    }
}
