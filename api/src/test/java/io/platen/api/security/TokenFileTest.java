package io.platen.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens in their file: changed by one process, noticed by another. */
final class TokenFileTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    private Path data;

    private TokenFile tokens;
    private final ApiToken.Issued first = issue("first");
    private final ApiToken.Issued second = issue("second");

    @BeforeEach
    void open() {
        tokens = TokenFile.in(data);
    }

    @Test
    void fileThatIsNotThereHasNone() throws IOException {
        assertThat(tokens.all()).isEmpty();
        assertThat(tokens.find(first.text(), NOON)).isEmpty();
        assertThat(tokens.revoke(first.token().id(), NOON)).isFalse();
    }

    @Test
    void tokenIsFoundByItsWholeTextOnly() throws IOException {
        tokens.add(first.token());
        tokens.add(second.token());

        assertThat(tokens.find(second.text(), NOON)).contains(second.token());
        String mixed = first.text().substring(0, 20) + second.text().substring(20);
        assertThat(tokens.find(mixed, NOON)).isEmpty();
        assertThat(tokens.find("rubbish", NOON)).isEmpty();
    }

    @Test
    void changeOfAnotherProcessIsNoticed() throws IOException {
        assertThat(tokens.all()).isEmpty();

        TokenFile.in(data).add(first.token());
        assertThat(tokens.find(first.text(), NOON)).isPresent();
        TokenFile.in(data).revoke(first.token().id(), NOON);

        assertThat(tokens.find(first.text(), NOON)).isEmpty();
    }

    /** A server whose last token was revoked is not open to all. */
    @Test
    void revokedTokenStaysInTheFile() throws IOException {
        tokens.add(first.token());

        assertThat(tokens.revoke(first.token().id(), NOON)).isTrue();

        assertThat(tokens.all()).hasSize(1);
        assertThat(tokens.all().get(0).isUsable(NOON)).isFalse();
    }

    @Test
    void fileIsItsOwnersAlone() throws IOException {
        tokens.add(first.token());

        Path file = data.resolve("security/tokens.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).doesNotContain(first.text().substring(20));
    }

    /** A copy is fresh for a moment after a look; a revocation waits until no copy is older. */
    @Test
    void revokedTokenIsInNoFreshCopy() throws IOException {
        tokens.add(first.token());
        tokens.all();

        TokenFile.in(data).revoke(first.token().id(), NOON);

        assertThat(tokens.fresh()).isNull();
    }

    @Test
    void damagedFileIsSaidAndNotTakenForAnEmptyOne() throws IOException {
        tokens.add(first.token());
        Files.writeString(data.resolve("security/tokens.json"), "{\"tokens\":[{");

        assertThatThrownBy(() -> tokens.all()).isInstanceOf(IOException.class).hasMessageContaining("tokens.json");
        assertThatThrownBy(() -> tokens.add(second.token())).isInstanceOf(IOException.class);
        assertThat(data.resolve("security/tokens.json")).hasContent("{\"tokens\":[{");
    }

    private static ApiToken.Issued issue(String name) {
        return ApiToken.issue(name, Role.OPERATOR, Set.of(), NOON, null);
    }
}
