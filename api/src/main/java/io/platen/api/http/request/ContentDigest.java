package io.platen.api.http.request;

import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Content-Digest} field (RFC 9530, section 2). Only SHA-256 is supported. */
public final class ContentDigest {
    private static final Pattern SHA_256 =
            Pattern.compile("(?:^|,)\\s*sha-256\\s*=\\s*(?::([A-Za-z0-9+/=]+):|([0-9a-fA-F]{64}))\\s*(?:$|,|;)");

    private ContentDigest() {}

    /** The expected SHA-256 in lower-case hex. Plain hex is accepted in place of {@code :base64:}. */
    public static String sha256(String header) {
        Matcher matcher = SHA_256.matcher(header);
        if (matcher.find()) {
            if (matcher.group(2) != null) {
                return matcher.group(2).toLowerCase(Locale.ROOT);
            }
            byte[] digest = decode(matcher.group(1));
            if (digest.length == 32) {
                return HexFormat.of().formatHex(digest);
            }
        }
        throw new ProblemException(
                ProblemType.BAD_REQUEST,
                "Content-Digest must be sha-256=:BASE64: with the 32 bytes of the body's SHA-256.",
                "Content-Digest");
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
