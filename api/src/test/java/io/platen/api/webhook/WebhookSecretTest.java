package io.platen.api.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures that a receiver can check with any HMAC-SHA256 (RFC 2104). */
final class WebhookSecretTest {
    @TempDir
    private Path directory;

    /** {@code printf '1732104000.{}' | openssl dgst -sha256 -hmac secret}. */
    @Test
    void signatureIsOfTimeDotAndBody() throws IOException {
        Files.writeString(directory.resolve("secret"), "secret\n");

        assertThat(WebhookSecret.in(directory).sign(1_732_104_000L, "{}".getBytes(US_ASCII)))
                .isEqualTo("t=1732104000,v1=510a4b71f82fda28fe040bd25dd6fb9021659cbf22c104fb1977588d62765f20");
    }

    @Test
    void timeAndBodyAreBothSigned() throws IOException {
        var secret = WebhookSecret.in(directory);
        String signature = mac(secret.sign(17, "{}".getBytes(US_ASCII)));

        assertThat(mac(secret.sign(18, "{}".getBytes(US_ASCII)))).isNotEqualTo(signature);
        assertThat(mac(secret.sign(17, "[]".getBytes(US_ASCII)))).isNotEqualTo(signature);
        assertThat(mac(WebhookSecret.in(directory).sign(17, "{}".getBytes(US_ASCII))))
                .isEqualTo(signature);
    }

    @Test
    void newSecretIsMadeForItsOwnerAlone() throws IOException {
        WebhookSecret.in(directory.resolve("webhooks"));

        Path file = directory.resolve("webhooks/secret");
        assertThat(Files.readString(file)).matches("[0-9a-f]{64}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** An empty key would sign for everybody. */
    @Test
    void emptySecretIsRefused() throws IOException {
        Files.writeString(directory.resolve("secret"), " \n");

        assertThatThrownBy(() -> WebhookSecret.in(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is empty");
    }

    private static String mac(String header) {
        return header.substring(header.indexOf("v1="));
    }
}
