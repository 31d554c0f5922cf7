package io.platen.api.http.printers;

import io.platen.api.http.request.Hashing;
import io.platen.api.wire.Json;
import io.platen.spooler.job.PrinterProfile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The entity tag of a printer's configuration (RFC 9110, section 8.8.3). It does not depend on the printer's state. */
final class EntityTag {
    private EntityTag() {}

    static String of(PrinterProfile profile) {
        return "\"" + Hashing.shortHash(new String(Json.bytes(profile), StandardCharsets.UTF_8)) + "\"";
    }

    /** Whether a header names this configuration, or any ({@code *}). */
    static boolean matches(String header, PrinterProfile profile) {
        String own = of(profile);
        return Arrays.stream(header.split(",", -1))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(own));
    }
}
