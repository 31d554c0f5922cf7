package io.platen.api.http;

import io.platen.api.wire.Json;
import io.platen.spooler.job.PrinterProfile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Names a printer's configuration (RFC 9110, section 8.8.3): it changes with what PUT sets, not with the state. */
final class EntityTag {
    private static final int BYTES = 12;

    private EntityTag() {}

    static String of(PrinterProfile profile) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Json.bytes(profile));
            return "\"" + HexFormat.of().formatHex(hash, 0, BYTES) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Whether one of a header's tags is this configuration's. */
    static boolean matches(String header, PrinterProfile profile) {
        String own = of(profile);
        return Arrays.stream(header.split(",", -1))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(own));
    }
}
