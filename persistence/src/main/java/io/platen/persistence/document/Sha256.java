package io.platen.persistence.document;

import akka.util.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 over a stream of chunks. */
final class Sha256 {
    private final MessageDigest digest;

    Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JRE has SHA-256", e);
        }
    }

    void add(ByteString chunk) {
        chunk.getByteBuffers().forEach(digest::update);
    }

    /** The checksum in lower-case hex. Ends the sum. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
