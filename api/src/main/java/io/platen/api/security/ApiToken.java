package io.platen.api.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stored token, which has only a hash of its secret. The secret has 256 random bits, so a plain SHA-256 suffices: nobody can
 * guess the secret.
 *
 * @param id identifies the token in its own text, in lists and in the audit log
 * @param name a name for people
 * @param printers the only printers it may use; empty for all
 * @param sha256 the hash of the secret, in hex
 * @param expiresAt null for never
 * @param revokedAt null unless it is revoked
 */
public record ApiToken(
        String id,
        String name,
        Role role,
        Set<String> printers,
        String sha256,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;
    private static final Pattern TEXT = Pattern.compile("platen_([0-9a-f]{12})_([A-Za-z0-9_-]{43})");

    /**
     * A new token.
     *
     * @param text what its holder sends; it is not stored
     */
    public record Issued(ApiToken token, String text) {}

    public static Issued issue(String name, Role role, Set<String> printers, Instant now, @Nullable Instant expiresAt) {
        var random = new SecureRandom();
        var id = new byte[ID_BYTES];
        random.nextBytes(id);
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String idText = HexFormat.of().formatHex(id);
        String secretText = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        var token = new ApiToken(idText, name, role, Set.copyOf(printers), hash(secretText), now, expiresAt, null);
        return new Issued(token, "platen_" + idText + "_" + secretText);
    }

    /** The two parts of the text that a holder sends. */
    record Presented(String id, String secret) {}

    /** Splits the text of a token; empty if it does not have the form of Platen's tokens. */
    static Optional<Presented> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches() ? Optional.of(new Presented(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** Compares the secret in constant time, so that the time does not tell how much of it is right. */
    boolean hasSecret(String secret) {
        return MessageDigest.isEqual(
                hash(secret).getBytes(StandardCharsets.US_ASCII), sha256.getBytes(StandardCharsets.US_ASCII));
    }

    public boolean isUsable(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }

    ApiToken revoked(Instant now) {
        return new ApiToken(
                id, name, role, printers, sha256, createdAt, expiresAt, revokedAt == null ? now : revokedAt);
    }

    private static String hash(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
