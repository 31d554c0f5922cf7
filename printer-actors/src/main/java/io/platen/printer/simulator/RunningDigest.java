package io.platen.printer.simulator;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of what was read. */
final class RunningDigest {
    private final MessageDigest digest;

    RunningDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JRE has SHA-256", e);
        }
    }

    void add(byte[] bytes, int length) {
        digest.update(bytes, 0, length);
    }

    /** The digest in hex. Then the tally starts again from zero. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
