package io.platen.api.security;

import com.typesafe.config.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's TLS 1.2 and 1.3, from PEM files (RFC 7468). The files are checked regularly: new connections get a renewed
 * certificate without a restart. If new files cannot be used, the old ones stay in use.
 */
public final class Tls {
    private static final Logger log = LoggerFactory.getLogger(Tls.class);
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    /** With forward secrecy and authenticated encryption (RFC 9325, section 4.2). */
    private static final Pattern SUITES =
            Pattern.compile("TLS_(?:AES|CHACHA20)_.*|TLS_ECDHE_(?:ECDSA|RSA)_WITH_(?:AES_\\d+_GCM|CHACHA20)_.*");

    static {
        // The JDK reads this property once, at its first handshake as a server. Renegotiation costs the server far more
        // than the client.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    private static final List<String> KEY_TYPES = List.of("RSA", "EC", "EdDSA");
    private static final char[] NO_PASSWORD = new char[0];

    private final Path certificate;
    private final Path key;
    private final @Nullable Path clientAuthority;
    private volatile Loaded loaded;

    private record Loaded(SSLContext context, List<FileTime> modified) {}

    private Tls(Path certificate, Path key, @Nullable Path clientAuthority) throws IOException {
        this.certificate = certificate;
        this.key = key;
        this.clientAuthority = clientAuthority;
        this.loaded = load();
    }

    /**
     * Reads {@code platen.http.tls}; empty if no certificate is configured.
     *
     * @throws IOException if a file cannot be used; the message says which and why
     */
    public static Optional<Tls> of(Config all) throws IOException {
        Config config = all.getConfig("platen.http.tls");
        if (config.getString("certificate").isEmpty()) {
            return Optional.empty();
        }
        String authority = config.getString("client-authority");
        return Optional.of(new Tls(
                Path.of(config.getString("certificate")),
                Path.of(config.getString("key")),
                authority.isEmpty() ? null : Path.of(authority)));
    }

    /** Creates the engine for one connection. */
    public SSLEngine engine() {
        SSLEngine engine = loaded.context().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(clientAuthority != null);
        engine.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        engine.setEnabledCipherSuites(Stream.of(engine.getSupportedCipherSuites())
                .filter(suite -> SUITES.matcher(suite).matches())
                .toArray(String[]::new));
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setUseCipherSuitesOrder(true);
        engine.setSSLParameters(parameters);
        return engine;
    }

    public void reloadIfChanged() {
        try {
            if (!modified().equals(loaded.modified())) {
                loaded = load();
                log.info("The certificate {} was renewed", certificate);
            }
        } catch (IOException e) {
            log.error("The changed TLS files cannot be used; the old ones stay in use: {}", e.getMessage());
        }
    }

    private List<FileTime> modified() throws IOException {
        var times = new ArrayList<FileTime>();
        times.add(Files.getLastModifiedTime(certificate));
        times.add(Files.getLastModifiedTime(key));
        if (clientAuthority != null) {
            times.add(Files.getLastModifiedTime(clientAuthority));
        }
        return times;
    }

    private Loaded load() throws IOException {
        List<FileTime> times = modified();
        try {
            PrivateKey own = privateKey(key);
            var chain = certificates(certificate).toArray(Certificate[]::new);
            requirePair(own, chain[0]);
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(null, NO_PASSWORD);
            keys.setKeyEntry("server", own, NO_PASSWORD, chain);
            var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(keys, NO_PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trusted(), null);
            return new Loaded(context, times);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    "TLS cannot be set up with %s and %s: %s".formatted(certificate, key, e.getMessage()), e);
        }
    }

    /** While a renewal is being written, key and certificate may not belong together. */
    private void requirePair(PrivateKey own, Certificate leaf) throws GeneralSecurityException, IOException {
        String algorithm = switch (own.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        byte[] probe = "platen".getBytes(StandardCharsets.US_ASCII);
        var signing = Signature.getInstance(algorithm);
        signing.initSign(own);
        signing.update(probe);
        byte[] signature = signing.sign();
        var verifying = Signature.getInstance(algorithm);
        try {
            verifying.initVerify(leaf);
            verifying.update(probe);
            if (verifying.verify(signature)) {
                return;
            }
        } catch (InvalidKeyException e) {
            log.debug("The key and the certificate have different types", e);
        }
        throw new IOException("The private key in " + key + " does not belong to the certificate in " + certificate);
    }

    private TrustManager @Nullable [] trusted() throws IOException, GeneralSecurityException {
        if (clientAuthority == null) {
            return null;
        }
        var authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, NO_PASSWORD);
        int number = 0;
        for (Certificate authority : certificates(clientAuthority)) {
            authorities.setCertificateEntry("authority-" + number, authority);
            number++;
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(authorities);
        return managers.getTrustManagers();
    }

    private static Collection<? extends Certificate> certificates(Path file) throws IOException {
        try {
            var found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
            if (found.isEmpty()) {
                throw new IOException("There is no certificate in " + file);
            }
            return found;
        } catch (CertificateException e) {
            throw new IOException("The certificates in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException {
        Matcher matcher = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!matcher.find()) {
            throw new IOException("There is no private key in " + file
                    + ". It must be PKCS #8, unencrypted: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
        }
        var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
        for (String type : KEY_TYPES) {
            try {
                return KeyFactory.getInstance(type).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                log.debug("The key in {} is not of type {}", file, type);
            } catch (GeneralSecurityException e) {
                throw new IOException("The private key in " + file + " cannot be read", e);
            }
        }
        throw new IOException(
                "The private key in " + file + " has an unsupported type; use one of " + String.join(", ", KEY_TYPES));
    }
}
