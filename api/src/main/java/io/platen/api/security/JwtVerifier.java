package io.platen.api.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.platen.api.security.SecuritySettings.Oidc;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an identity provider's bearer tokens (RFC 7519) with asymmetric signatures (RFC 7515). It checks issuer, audience,
 * expiry and signature. The keys come from a JWK set (RFC 7517) in a file or at a URL. Blocks while keys are fetched.
 */
final class JwtVerifier {
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    /** The same as the claims verifier's default. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    private final Oidc settings;
    /** Whether the provider's keys were ever available. */
    private volatile boolean hadKeys;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    JwtVerifier(Oidc settings) throws IOException {
        this.settings = settings;
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys(settings.keys())));
        // Access tokens have types of their own (RFC 9068, section 2.1), and some providers send no type.
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                settings.audience().isEmpty() ? null : settings.audience(),
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                Set.of("sub", "exp")));
    }

    private static JWKSource<SecurityContext> keys(String place) throws IOException {
        if (place.startsWith("http://") || place.startsWith("https://")) {
            try {
                return JWKSourceBuilder.create(URI.create(place).toURL())
                        .retrying(true)
                        .outageTolerant(true)
                        .build();
            } catch (MalformedURLException | IllegalArgumentException e) {
                throw new IOException("platen.security.oidc.keys is not a URL: " + place, e);
            }
        }
        var file = new KeyFile(Path.of(place));
        file.current();
        return (selector, context) -> {
            try {
                return selector.select(file.current());
            } catch (IOException e) {
                throw new KeySourceException(String.valueOf(e.getMessage()), e);
            }
        };
    }

    /** A JWK set in a file, which is read again after each change. */
    private static final class KeyFile {
        private final Path file;
        private @Nullable Object modified;
        private JWKSet keys = new JWKSet();

        KeyFile(Path file) {
            this.file = file;
        }

        synchronized JWKSet current() throws IOException {
            Object now = Files.getLastModifiedTime(file);
            if (!now.equals(modified)) {
                try {
                    keys = JWKSet.load(file.toFile());
                } catch (ParseException e) {
                    throw new IOException("The keys in " + file + " cannot be read: " + e.getMessage(), e);
                }
                modified = now;
            }
            return keys;
        }
    }

    Caller verify(String token) throws AuthenticationException, IOException {
        JWTClaimsSet claims;
        try {
            SignedJWT signed = SignedJWT.parse(token);
            requireOurs(signed);
            claims = processor.process(signed, null);
            hadKeys = true;
        } catch (BadJOSEException e) {
            // The token was compared with keys, so they are available.
            hadKeys = true;
            throw new AuthenticationException("The bearer token is refused: " + e.getMessage() + ".");
        } catch (ParseException e) {
            throw new AuthenticationException("The bearer token is refused: " + e.getMessage() + ".");
        } catch (RateLimitReachedException e) {
            if (!hadKeys) {
                throw new IOException(
                        "The identity provider's keys cannot be fetched, and the next attempt must wait", e);
            }
            // The keys were fetched a moment ago, and the token's key is not among them.
            throw new AuthenticationException(
                    "The bearer token is refused: it is signed with a key that the identity provider does not publish.");
        } catch (JOSEException e) {
            throw new IOException("The identity provider's keys cannot be fetched: " + e.getMessage(), e);
        }
        Role role = strings(claim(claims, settings.rolesClaim())).stream()
                .flatMap(name ->
                        Role.find(name.startsWith("platen-") ? name.substring("platen-".length()) : name).stream())
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> new AuthenticationException("The bearer token has none of the roles submitter,"
                        + " operator, admin in '" + settings.rolesClaim() + "'."));
        JwtClaim limits = claim(claims, settings.printersClaim());
        Set<String> printers = strings(limits);
        // A claim without printers allows none; it must never allow all.
        if (limits.isThere() && printers.isEmpty() && role == Role.SUBMITTER) {
            throw new AuthenticationException(
                    "The bearer token names no printer in '" + settings.printersClaim() + "'.");
        }
        String subject = "oidc:" + claims.getSubject();
        return new Caller(subject, subject, role, role == Role.SUBMITTER ? printers : Set.of());
    }

    /** Refuses tokens that do not even claim to be valid here, before they cost a signature check or a fetch of keys. */
    private void requireOurs(SignedJWT token) throws AuthenticationException, ParseException {
        if (!ALGORITHMS.contains(token.getHeader().getAlgorithm())) {
            throw new AuthenticationException("The bearer token is refused: its signature algorithm is not supported.");
        }
        JWTClaimsSet claimed = token.getJWTClaimsSet();
        if (!settings.issuer().equals(claimed.getIssuer())) {
            throw new AuthenticationException("The bearer token is refused: it is of another issuer.");
        }
        Date expires = claimed.getExpirationTime();
        if (expires == null || expires.toInstant().isBefore(Instant.now().minus(CLOCK_SKEW))) {
            throw new AuthenticationException("The bearer token is refused: it has expired.");
        }
    }

    /** A claim can be missing, or be there and be null. */
    private record JwtClaim(boolean isThere, @Nullable Object value) {}

    /** A claim by its path, such as {@code realm_access.roles}. */
    private static JwtClaim claim(JWTClaimsSet claims, String path) {
        var claim = new JwtClaim(true, claims.getClaims());
        for (String name : path.split("\\.", -1)) {
            claim = claim.value() instanceof Map<?, ?> map
                    ? new JwtClaim(map.containsKey(name), map.get(name))
                    : new JwtClaim(false, null);
        }
        return claim;
    }

    private static Set<String> strings(JwtClaim claim) {
        var strings = new HashSet<String>();
        if (claim.value() instanceof Collection<?> many) {
            many.stream().filter(Objects::nonNull).map(Object::toString).forEach(strings::add);
        } else if (claim.value() instanceof String words) {
            strings.addAll(List.of(words.strip().split("\\s+", -1)));
        }
        strings.remove("");
        return strings;
    }
}
