package io.platen.api.webhook;

import io.platen.persistence.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs events, so that the receiver can check sender and time: HMAC-SHA256 (RFC 2104) over the time, a dot and the body. The
 * first start creates the secret in a file that only its owner can read.
 */
final class WebhookSecret {
    private static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private WebhookSecret(String text) {
        // The text itself is the key, because the receiver has the same text.
        key = new SecretKeySpec(text.getBytes(StandardCharsets.US_ASCII), ALGORITHM);
    }

    static WebhookSecret in(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("secret");
        if (!Files.exists(file)) {
            var bytes = new byte[BYTES];
            new SecureRandom().nextBytes(bytes);
            PrivateFile.replace(file, HexFormat.of().formatHex(bytes));
        }
        String text = Files.readString(file).strip();
        if (text.isEmpty()) {
            throw new IOException(file + " is empty. Restore the secret, or remove the file to get a new one");
        }
        return new WebhookSecret(text);
    }

    /** The value of the Platen-Signature header: {@code t=UNIX SECONDS,v1=HEX}. */
    String sign(long unixSeconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((unixSeconds + ".").getBytes(StandardCharsets.US_ASCII));
            return "t=" + unixSeconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }
}
