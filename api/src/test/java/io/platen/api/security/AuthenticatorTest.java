package io.platen.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may come in without credentials, and who with them. */
final class AuthenticatorTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String ADDRESS = "10.0.0.9";

    @TempDir
    private Path data;

    @Test
    void withoutTokensEverybodyIsAnonymous() throws Exception {
        var authenticator = authenticator(false);

        assertThat(authenticator.authenticate(null, ADDRESS)).isEqualTo(Caller.anonymous(ADDRESS));
        assertThat(authenticator.hasCredentials()).isFalse();
    }

    @Test
    void credentialsCanBeAskedForAlthoughThereAreNone() throws IOException {
        assertRefused(authenticator(true), null);
    }

    @Test
    void firstTokenClosesTheDoorForAllOthers() throws Exception {
        var authenticator = authenticator(false);
        String text = add(null);

        assertThat(authenticator.authenticate("Bearer " + text, ADDRESS).role()).isEqualTo(Role.OPERATOR);
        assertThat(authenticator.hasCredentials()).isTrue();
        assertRefused(authenticator, null);
    }

    @Test
    void revokedAndExpiredTokensAreRefusedAndOpenNothing() throws IOException {
        var authenticator = authenticator(false);
        String expired = add(NOON);
        String revoked = add(null);
        TokenFile.in(data).revoke(revoked.substring("platen_".length(), "platen_".length() + 12), NOON);

        assertRefused(authenticator, "Bearer " + expired);
        assertRefused(authenticator, "Bearer " + revoked);
        assertRefused(authenticator, null);
        assertThat(authenticator.hasCredentials()).isFalse();
    }

    @Test
    void schemeIsReadInAnyCase() throws Exception {
        var authenticator = authenticator(false);
        String text = add(null);

        assertThat(authenticator
                        .authenticate(" bearer   " + text + " ", ADDRESS)
                        .role())
                .isEqualTo(Role.OPERATOR);
    }

    /** Whoever shows credentials means to use them: wrong ones do not make him anonymous. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer", "Bearer ", "Basic cm9vdDpyb290", "Bearer x", "Bearer eyJhbGciOiJub25lIn0.e30."})
    void wrongCredentialsAreRefusedWhereNoneAreNeeded(String authorization) throws IOException {
        assertRefused(authenticator(false), authorization);
    }

    @Test
    void callerThatWasJustLookedUpIsKnownWithoutALook() throws Exception {
        var authenticator = authenticator(false);
        String text = add(null);
        Caller caller = authenticator.authenticate("Bearer " + text, ADDRESS);

        authenticator
                .known("Bearer " + text, ADDRESS)
                .ifPresent(known -> assertThat(known).isEqualTo(caller));
        assertThat(authenticator.known("Bearer x", ADDRESS)).isEmpty();
        assertThat(authenticator.known(null, ADDRESS)).isEmpty();
    }

    @Test
    void tokensOfIdentityProvidersAreToldByTheirBeginning() {
        assertThat(Authenticator.isJwt("Bearer eyJhbGciOiJFUzI1NiJ9.e30.x")).isTrue();
        assertThat(Authenticator.isJwt("Bearer platen_0123456789ab_x")).isFalse();
        assertThat(Authenticator.isJwt("eyJhbGciOiJFUzI1NiJ9.e30.x")).isFalse();
        assertThat(Authenticator.isJwt(null)).isFalse();
    }

    private Authenticator authenticator(boolean alwaysRequired) throws IOException {
        var settings = new SecuritySettings(data, alwaysRequired, null, Duration.ofDays(400));
        return new Authenticator(settings, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private String add(@Nullable Instant expiresAt) throws IOException {
        var issued = ApiToken.issue("erp", Role.OPERATOR, Set.of(), NOON.minusSeconds(9), expiresAt);
        TokenFile.in(data).add(issued.token());
        return issued.text();
    }

    private static void assertRefused(Authenticator authenticator, @Nullable String authorization) {
        assertThatThrownBy(() -> authenticator.authenticate(authorization, ADDRESS))
                .isInstanceOf(AuthenticationException.class);
    }
}
