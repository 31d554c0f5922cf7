package io.platen.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import io.platen.api.server.StartException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS, with certificates that the JDK's keytool makes. */
final class TlsIT {
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    Path directory;

    private record Identity(KeyStore store) {
        Certificate certificate() throws Exception {
            return store.getCertificate("me");
        }

        void writePem(Path certificate, @Nullable Path key) throws Exception {
            Files.writeString(certificate, pem("CERTIFICATE", certificate().getEncoded()));
            if (key != null) {
                Files.writeString(
                        key, pem("PRIVATE KEY", store.getKey("me", PASSWORD).getEncoded()));
            }
        }

        private static String pem(String what, byte[] bytes) {
            return "-----BEGIN " + what + "-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what
                    + "-----\n";
        }
    }

    private Identity identity(String name, String algorithm) throws Exception {
        Path file = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "me",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "password")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return new Identity(store);
    }

    private static HttpClient client(Certificate trusted, @Nullable Identity own) throws Exception {
        var trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("server", trusted);
        var trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(trust);
        var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(own == null ? null : own.store(), PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(own == null ? null : keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static HttpResponse<String> get(HttpClient client, Server server) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.url() + "/health/ready"))
                        .build(),
                BodyHandlers.ofString());
    }

    private static SSLContext trusting(Certificate trusted) throws Exception {
        var trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("server", trusted);
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static SSLSocket handshake(SSLContext context, Server server, String suite) throws IOException {
        URI at = URI.create(server.url());
        var socket = (SSLSocket) context.getSocketFactory().createSocket(at.getHost(), at.getPort());
        socket.setSoTimeout(10_000);
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        socket.setEnabledCipherSuites(new String[] {suite});
        try {
            socket.startHandshake();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    /** What was recorded today can otherwise be read when the key is stolen; and CBC has had its padding oracles. */
    @ParameterizedTest
    @CsvSource({
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, true",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, true",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, true",
        "TLS_RSA_WITH_AES_128_GCM_SHA256, false",
        "TLS_RSA_WITH_AES_256_CBC_SHA256, false",
        "TLS_RSA_WITH_AES_128_CBC_SHA, false",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, false",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384, false",
        "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, false"
    })
    void onlyForwardSecrecyWithAuthenticatedEncryption(String suite, boolean isTaken) throws Exception {
        var own = identity("server", "RSA");
        own.writePem(directory.resolve("cert.pem"), directory.resolve("key.pem"));
        Server server = serve("");
        try {
            SSLContext context = trusting(own.certificate());
            if (isTaken) {
                handshake(context, server, suite).close();
            } else {
                assertThatThrownBy(() -> handshake(context, server, suite)).isInstanceOf(SSLException.class);
            }
        } finally {
            server.stop();
        }
    }

    @Test
    void clientsMayNotRenegotiate() throws Exception {
        var own = identity("server", "RSA");
        own.writePem(directory.resolve("cert.pem"), directory.resolve("key.pem"));
        Server server = serve("");
        try (SSLSocket socket =
                handshake(trusting(own.certificate()), server, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")) {
            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        socket.getInputStream().read();
                    })
                    .isInstanceOf(SSLException.class);
        } finally {
            server.stop();
        }
    }

    private Server serve(String more) throws Exception {
        Path config = Files.writeString(directory.resolve("platen.conf"), """
                platen.http.tls { certificate = "%s", key = "%s", reload-every = 50ms %s }
                """.formatted(
                        directory.resolve("cert.pem"), directory.resolve("key.pem"), more));
        return Server.start(
                ServerSettings.read(new ServerSettings.Overrides(0, null, directory.resolve("data"), config, false)));
    }

    @Test
    void renewedCertificateIsTakenIntoUseWithoutARestart() throws Exception {
        var first = identity("first", "RSA");
        first.writePem(directory.resolve("cert.pem"), directory.resolve("key.pem"));
        Server server = serve("");
        try {
            assertThat(server.url()).startsWith("https://");
            var answer = get(client(first.certificate(), null), server);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");

            // Half of a renewal changes nothing: the old ones stay in use.
            Files.writeString(directory.resolve("key.pem"), "nonsense");
            assertThat(get(client(first.certificate(), null), server).statusCode())
                    .isEqualTo(200);
            var second = identity("second", "EC");
            second.writePem(directory.resolve("cert.pem"), directory.resolve("key.pem"));
            Eventually.isTrue(() -> served(second, server));
        } finally {
            server.stop();
        }
    }

    private static boolean served(Identity identity, Server server) throws Exception {
        try {
            var session = get(client(identity.certificate(), null), server)
                    .sslSession()
                    .orElseThrow();
            return ((X509Certificate) session.getPeerCertificates()[0]).equals(identity.certificate());
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void clientsNeedACertificateWhereThatIsAsked() throws Exception {
        var own = identity("server", "RSA");
        own.writePem(directory.resolve("cert.pem"), directory.resolve("key.pem"));
        var known = identity("known", "RSA");
        known.writePem(directory.resolve("clients.pem"), null);
        var stranger = identity("stranger", "RSA");
        Server server = serve(", client-authority = \"" + directory.resolve("clients.pem") + "\"");
        try {
            assertThat(get(client(own.certificate(), known), server).statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> get(client(own.certificate(), null), server))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> get(client(own.certificate(), stranger), server))
                    .isInstanceOf(IOException.class);
        } finally {
            server.stop();
        }
    }

    @Test
    void whatCannotBeUsedIsNamedAtTheStart() throws Exception {
        identity("server", "RSA").writePem(directory.resolve("cert.pem"), directory.resolve("key.pem"));
        Files.writeString(
                directory.resolve("key.pem"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        assertThatThrownBy(() -> serve(""))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("key.pem")
                .hasMessageContaining("openssl pkcs8");
    }
}
