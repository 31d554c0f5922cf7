package io.platen.api.security;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Identifies callers by their credentials. */
public final class Authenticator {
    private final TokenFile tokens;
    private final @Nullable JwtVerifier jwt;
    private final boolean alwaysRequired;
    private final Clock clock;

    /** Reads all files now, so that the server reports a bad one when it starts. */
    public Authenticator(SecuritySettings settings, Clock clock) throws IOException {
        this.tokens = TokenFile.in(settings.dataDirectory());
        this.jwt = settings.oidc() == null ? null : new JwtVerifier(settings.oidc());
        this.alwaysRequired = settings.alwaysRequired();
        this.clock = clock;
        tokens.all();
    }

    /** Whether anybody can prove who they are. */
    public boolean hasCredentials() throws IOException {
        return jwt != null || tokens.all().stream().anyMatch(token -> token.isUsable(clock.instant()));
    }

    /**
     * Identifies a caller. Blocks while an identity provider's keys must be fetched.
     *
     * @param authorization the Authorization header
     * @param address the client's address
     */
    public Caller authenticate(@Nullable String authorization, String address)
            throws AuthenticationException, IOException {
        if (authorization == null) {
            if (isRequired()) {
                throw new AuthenticationException(
                        "Send 'Authorization: Bearer TOKEN'. ./platen token create makes one.");
            }
            return Caller.anonymous(address);
        }
        String token = bearer(authorization)
                .orElseThrow(() -> new AuthenticationException("Only bearer tokens are supported: 'Bearer TOKEN'."));
        var known = tokens.find(token, clock.instant()).orElse(null);
        if (known != null) {
            return caller(known);
        }
        if (jwt != null && ApiToken.parse(token).isEmpty()) {
            return jwt.verify(token);
        }
        throw new AuthenticationException("The token is unknown, expired or revoked.");
    }

    /**
     * Identifies a caller without any I/O, from a copy of the tokens that is at most a moment old. If this is empty, call
     * {@link #authenticate}.
     */
    public Optional<Caller> known(@Nullable String authorization, String address) {
        List<ApiToken> fresh = tokens.fresh();
        if (fresh == null) {
            return Optional.empty();
        }
        if (authorization == null) {
            boolean isOpen = !alwaysRequired && jwt == null && fresh.isEmpty();
            return isOpen ? Optional.of(Caller.anonymous(address)) : Optional.empty();
        }
        return bearer(authorization)
                .flatMap(token -> TokenFile.find(token, fresh, clock.instant()))
                .map(Authenticator::caller);
    }

    private static Caller caller(ApiToken token) {
        return new Caller(
                "token:" + token.id() + " " + token.name(), "token:" + token.id(), token.role(), token.printers());
    }

    /** Whether the header has the form of an identity provider's token. */
    public static boolean isJwt(@Nullable String authorization) {
        return authorization != null
                && bearer(authorization).filter(token -> token.startsWith("ey")).isPresent();
    }

    /** The id of the API token in the header, whether the token is valid or not. */
    static Optional<String> presented(@Nullable String authorization) {
        return authorization == null
                ? Optional.empty()
                : bearer(authorization).flatMap(ApiToken::parse).map(ApiToken.Presented::id);
    }

    /** Credentials are required as soon as an identity provider or any token exists, even a revoked one. */
    private boolean isRequired() throws IOException {
        return alwaysRequired || jwt != null || !tokens.all().isEmpty();
    }

    private static Optional<String> bearer(String authorization) {
        String[] parts = authorization.strip().split("\\s+", 2);
        return parts.length == 2 && parts[0].equalsIgnoreCase("Bearer")
                ? Optional.of(parts[1].strip())
                : Optional.empty();
    }
}
