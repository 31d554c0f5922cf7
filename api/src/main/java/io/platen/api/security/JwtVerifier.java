package io.platen.api.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.platen.api.security.SecuritySettings.Oidc;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens of an identity provider (RFC 7519, signed as RFC 7515 says with asymmetric keys): issuer, audience and
 * expiry are checked, and the keys of a JWK set (RFC 7517), from a file or a URL. Blocks when keys must be fetched.
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

    private final Oidc settings;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    JwtVerifier(Oidc settings) throws IOException {
        this.settings = settings;
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys(settings.keys())));
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
                throw new IOException("platen.security.oidc.keys is no URL: " + place, e);
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

    /** Read again when it changes. */
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
            claims = processor.process(token, null);
        } catch (ParseException | BadJOSEException e) {
            throw new AuthenticationException("The bearer token is refused: " + e.getMessage() + ".");
        } catch (JOSEException e) {
            throw new IOException("The identity provider's keys cannot be had: " + e.getMessage(), e);
        }
        Role role = strings(claim(claims, settings.rolesClaim())).stream()
                .flatMap(name ->
                        Role.find(name.startsWith("platen-") ? name.substring("platen-".length()) : name).stream())
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> new AuthenticationException("The bearer token has none of the roles submitter,"
                        + " operator, admin in '" + settings.rolesClaim() + "'."));
        @Nullable Object limits = claim(claims, settings.printersClaim());
        Set<String> printers = strings(limits);
        if (limits != null && printers.isEmpty() && role == Role.SUBMITTER) {
            throw new AuthenticationException(
                    "The bearer token names no printer in '" + settings.printersClaim() + "'.");
        }
        String subject = "oidc:" + claims.getSubject();
        return new Caller(subject, subject, role, role == Role.SUBMITTER ? printers : Set.of());
    }

    /** A claim by its path, such as {@code realm_access.roles}. */
    private static @Nullable Object claim(JWTClaimsSet claims, String path) {
        @Nullable Object value = claims.getClaims();
        for (String name : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }

    private static Set<String> strings(@Nullable Object claim) {
        var strings = new HashSet<String>();
        if (claim instanceof Collection<?> many) {
            many.stream().filter(Objects::nonNull).map(Object::toString).forEach(strings::add);
        } else if (claim instanceof String one) {
            strings.addAll(Set.of(one.strip().split("\\s+", -1)));
        }
        strings.remove("");
        return strings;
    }
}
