package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of an identity provider that publishes its keys at a URL, and what others make of them. */
@Timeout(60)
final class IdentityProviderIT {
    private static final String ISSUER = "https://login.example";
    private static final AtomicInteger FETCHES = new AtomicInteger();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path directory;

    private static HttpServer provider;
    private static Server server;
    private static ECKey key;
    private static ECKey unknown;

    @BeforeAll
    static void start() throws Exception {
        key = new ECKeyGenerator(Curve.P_256).keyID("known").generate();
        unknown = new ECKeyGenerator(Curve.P_256).keyID("unknown").generate();
        byte[] published = new JWKSet(key).toString().getBytes(UTF_8);
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/keys", exchange -> {
            FETCHES.incrementAndGet();
            exchange.sendResponseHeaders(200, published.length);
            exchange.getResponseBody().write(published);
            exchange.close();
        });
        provider.start();
        Path config = Files.writeString(directory.resolve("platen.conf"), """
                platen.security.oidc {
                  issuer = "%s", audience = "platen", keys = "http://127.0.0.1:%d/keys", printers-claim = "printers"
                }
                """.formatted(
                        ISSUER, provider.getAddress().getPort()));
        server = Server.start(
                ServerSettings.read(new ServerSettings.Overrides(0, null, directory.resolve("data"), config, false)));
        assertThat(status(
                        "PUT",
                        "/v1/printers/p1",
                        token(key, null, Map.of("roles", List.of("admin")), ISSUER),
                        "{\"uri\":\"socket://127.0.0.1:9\"}"))
                .isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        server.stop();
        provider.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt", ""})
    void typesOfAccessTokensAreTaken(String type) throws Exception {
        assertThat(listStatus(token(
                        key,
                        type.isEmpty() ? null : new JOSEObjectType(type),
                        Map.of("roles", List.of("operator")),
                        ISSUER)))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"logout+jwt", "secevent+jwt", "dpop+jwt", "JOSE"})
    void tokensOfAnotherPurposeAreNot(String type) throws Exception {
        assertThat(listStatus(token(key, new JOSEObjectType(type), Map.of("roles", List.of("operator")), ISSUER)))
                .isEqualTo(401);
    }

    static Stream<Arguments> claims() {
        return Stream.of(
                arguments("roles", "submitter submitter", 200),
                arguments("roles", List.of("submitter", "submitter"), 200),
                arguments("roles", "", 401),
                arguments("roles", null, 401),
                arguments("roles", Map.of(), 401),
                arguments("printers", "p1 p1", 200),
                arguments("printers", List.of("p1"), 200),
                // Whoever is to be limited and names no printer is let to none, never to all.
                arguments("printers", null, 401),
                arguments("printers", List.of(), 401),
                arguments("printers", Arrays.asList((Object) null), 401),
                arguments("printers", Map.of(), 401),
                arguments("printers", 5, 401),
                arguments("printers", "", 401));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void claim(String name, @Nullable Object value, int status) throws Exception {
        var claims = name.equals("roles")
                ? Collections.singletonMap("roles", value)
                : new HashMap<String, @Nullable Object>(Map.of("roles", "submitter"));
        if (name.equals("printers")) {
            claims.put("printers", value);
        }
        String token = token(key, null, claims, ISSUER);
        assertThat(status("GET", "/v1/printers/p1", token, null)).isEqualTo(status);
    }

    /** Each would be a fetch of the keys, or a 503, if the set that is at hand did not count. */
    @Test
    void unknownKeysAreRefusedWithoutAskingForKeysAgainAndAgain() throws Exception {
        String good = token(key, null, Map.of("roles", "operator"), ISSUER);
        assertThat(listStatus(good)).isEqualTo(200);
        int before = FETCHES.get();
        for (int i = 0; i < 200; i++) {
            var forger = new ECKeyGenerator(Curve.P_256).keyID("forged-" + i).generate();
            assertThat(listStatus(token(forger, null, Map.of("roles", "admin"), ISSUER)))
                    .isEqualTo(401);
        }
        assertThat(FETCHES.get() - before).isLessThanOrEqualTo(3);
        assertThat(listStatus(good)).isEqualTo(200);
    }

    @Test
    void tokenOfAnotherIssuerNeverLeadsToAFetch() throws Exception {
        int before = FETCHES.get();
        for (int i = 0; i < 20; i++) {
            assertThat(listStatus(token(unknown, null, Map.of("roles", "admin"), "https://evil.example")))
                    .isEqualTo(401);
        }
        assertThat(FETCHES.get()).isEqualTo(before);
    }

    /** Its tokens may be good: 401 would have clients throw them away. */
    @Test
    void providerThatIsDownIsNoReasonToRefuseATokenForGood() throws Exception {
        Path config = Files.writeString(directory.resolve("down.conf"), """
                platen.security.oidc { issuer = "%s", audience = "platen", keys = "http://127.0.0.1:9/keys" }
                """.formatted(ISSUER));
        var alone = Server.start(
                ServerSettings.read(new ServerSettings.Overrides(0, null, directory.resolve("down"), config, false)));
        try {
            for (int i = 0; i < 5; i++) {
                var request = HttpRequest.newBuilder(URI.create(alone.url() + "/v1/printers"))
                        .header("Authorization", "Bearer " + token(key, null, Map.of("roles", "operator"), ISSUER))
                        .build();
                assertThat(CLIENT.send(request, BodyHandlers.discarding()).statusCode())
                        .isEqualTo(503);
            }
        } finally {
            alone.stop();
        }
    }

    private static String token(
            ECKey signer, @Nullable JOSEObjectType type, Map<String, ? extends @Nullable Object> more, String issuer)
            throws Exception {
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience("platen")
                .subject("line-4")
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .serializeNullClaims(true);
        more.forEach(claims::claim);
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(signer.getKeyID())
                        .type(type)
                        .build(),
                claims.build());
        jwt.sign(new ECDSASigner(signer));
        return jwt.serialize();
    }

    private static int listStatus(String token) throws Exception {
        return status("GET", "/v1/printers", token, null);
    }

    private static int status(String method, String path, String token, @Nullable String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", "Bearer " + token)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
    }
}
