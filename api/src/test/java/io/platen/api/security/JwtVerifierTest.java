package io.platen.api.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of an identity provider whose keys are in a file. */
final class JwtVerifierTest {
    private static final String ISSUER = "https://login.example";
    private static ECKey known;
    private static ECKey unknown;

    @TempDir
    private Path directory;

    private JwtVerifier verifier;

    @BeforeAll
    static void makeKeys() throws JOSEException {
        known = new ECKeyGenerator(Curve.P_256).keyID("known").generate();
        unknown = new ECKeyGenerator(Curve.P_256).keyID("known").generate();
    }

    @BeforeEach
    void open() throws IOException {
        Path keys = Files.writeString(directory.resolve("keys.json"), new JWKSet(known.toPublicJWK()).toString());
        verifier = new JwtVerifier(
                new SecuritySettings.Oidc(ISSUER, "platen", keys.toString(), "realm_access.roles", "platen_printers"));
    }

    @Test
    void goodTokenNamesItsSubjectRoleAndPrinters() throws Exception {
        Caller caller = verifier.verify(token(claims -> claims.claim("platen_printers", List.of("dock-1", "dock-2"))));

        assertThat(caller).isEqualTo(new Caller("oidc:anna", "oidc:anna", Role.SUBMITTER, Set.of("dock-1", "dock-2")));
    }

    static Stream<Arguments> roles() {
        return Stream.of(
                Arguments.of(List.of("submitter"), Role.SUBMITTER),
                Arguments.of(List.of("platen-operator"), Role.OPERATOR),
                Arguments.of(List.of("submitter", "admin", "operator"), Role.ADMIN),
                Arguments.of(List.of("offline_access", "operator"), Role.OPERATOR),
                Arguments.of("openid operator", Role.OPERATOR));
    }

    @ParameterizedTest
    @MethodSource("roles")
    void highestOfTheNamedRolesCounts(Object claim, Role role) throws Exception {
        assertThat(verifier.verify(token(claims -> claims.claim("realm_access", Map.of("roles", claim))))
                        .role())
                .isEqualTo(role);
    }

    @Test
    void limitToPrintersIsForSubmittersOnly() throws Exception {
        Caller operator = verifier.verify(token(claims ->
                claims.claim("realm_access", Map.of("roles", "operator")).claim("platen_printers", List.of("dock-1"))));

        assertThat(operator.isLimited()).isFalse();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refusal("of another issuer", claims -> claims.issuer("https://other.example")),
                refusal("of none", claims -> claims.issuer(null)),
                refusal("for somebody else", claims -> claims.audience("mail")),
                refusal("for nobody", claims -> claims.audience((String) null)),
                refusal("expired", claims -> claims.expirationTime(in(-90))),
                refusal("without an end", claims -> claims.expirationTime(null)),
                refusal("not valid yet", claims -> claims.notBeforeTime(in(600))),
                refusal("without a subject", claims -> claims.subject(null)),
                refusal("without a role", claims -> claims.claim("realm_access", null)),
                refusal("with a strange role", claims -> claims.claim("realm_access", Map.of("roles", "root"))),
                refusal("with its role elsewhere", claims -> claims.claim("realm_access", "submitter")),
                // A claim that names no printer must not open all.
                refusal("limited to nothing", claims -> claims.claim("platen_printers", List.of())),
                refusal("limited to a blank", claims -> claims.claim("platen_printers", " ")),
                refusal("limited to null", claims -> claims.claim("platen_printers", Collections.singletonList(null))));
    }

    private static Arguments refusal(String what, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void tokenIsRefused(String what, UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        String token = token(change);

        assertThatThrownBy(() -> verifier.verify(token)).isInstanceOf(AuthenticationException.class);
    }

    /** A minute's difference of the clocks is allowed. */
    @Test
    void tokenThatHasJustExpiredIsTaken() throws Exception {
        assertThat(verifier.verify(token(claims -> claims.expirationTime(in(-30)))))
                .isNotNull();
    }

    @Test
    void signatureOfAnotherKeyIsRefused() throws Exception {
        String token = signed(unknown, JWSAlgorithm.ES256, null, claims -> claims);

        assertThatThrownBy(() -> verifier.verify(token)).isInstanceOf(AuthenticationException.class);
    }

    @Test
    void changedClaimsAreRefused() throws Exception {
        String[] good = token(claims -> claims).split("\\.", -1);
        String[] other = token(claims -> claims.claim("realm_access", Map.of("roles", "admin")))
                .split("\\.", -1);

        assertThatThrownBy(() -> verifier.verify(good[0] + "." + other[1] + "." + good[2]))
                .isInstanceOf(AuthenticationException.class);
    }

    /** The public key as the secret of an HMAC is an old trick (RFC 8725, section 2.1). */
    @Test
    void symmetricSignatureIsRefused() throws Exception {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("known").build(), claims(c -> c));
        token.sign(new MACSigner(known.toPublicJWK().toString().getBytes(UTF_8)));
        String text = token.serialize();

        assertThatThrownBy(() -> verifier.verify(text)).isInstanceOf(AuthenticationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "a.b.c",
                "eyJhbGciOiJub25lIn0.e30.",
                "eyJhbGciOiJFUzI1NiJ9..",
                "eyJhbGciOiJFUzI1NiJ9.e30"
            })
    void rubbishIsRefused(String text) {
        assertThatThrownBy(() -> verifier.verify(text)).isInstanceOf(AuthenticationException.class);
    }

    /** Tokens of another kind, such as logout tokens, are no access tokens (RFC 8725, section 3.11). */
    @Test
    void typeIsThatOfAnAccessToken() throws Exception {
        assertThat(verifier.verify(signed(known, JWSAlgorithm.ES256, "at+jwt", claims -> claims)))
                .isNotNull();
        String logout = signed(known, JWSAlgorithm.ES256, "logout+jwt", claims -> claims);
        assertThatThrownBy(() -> verifier.verify(logout)).isInstanceOf(AuthenticationException.class);
    }

    @Test
    void keysThatCannotBeReadAreSaidAtTheStart() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.json"), "{");
        for (String place :
                List.of(broken.toString(), directory.resolve("missing").toString())) {
            assertThatThrownBy(() -> new JwtVerifier(new SecuritySettings.Oidc(ISSUER, "platen", place, "r", "p")))
                    .isInstanceOf(IOException.class);
        }
    }

    private static String token(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        return signed(known, JWSAlgorithm.ES256, null, change);
    }

    private static String signed(
            ECKey key, JWSAlgorithm algorithm, @Nullable String type, UnaryOperator<JWTClaimsSet.Builder> change)
            throws JOSEException {
        var header = new JWSHeader.Builder(algorithm).keyID("known");
        if (type != null) {
            header.type(new JOSEObjectType(type));
        }
        var token = new SignedJWT(header.build(), claims(change));
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        return change.apply(new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience("platen")
                        .subject("anna")
                        .expirationTime(in(600))
                        .claim("realm_access", Map.of("roles", List.of("submitter"))))
                .build();
    }

    private static Date in(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }
}
