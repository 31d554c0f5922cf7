package io.platen.persistence.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is stored.
 *
 * @param ordinal its place among all events of the journal, counted from 1; 0 before it has one
 * @param at when it was written, in milliseconds since 1970
 * @param writer who wrote it
 * @param adapterManifest what the event adapter noted about it
 * @param tags for those who read by tag
 * @param content the event
 * @param metadata what goes with it
 */
public record EventRecord(
        long ordinal,
        long at,
        String writer,
        String adapterManifest,
        List<String> tags,
        Serialized content,
        @Nullable Serialized metadata) {

    private static final byte FORMAT_1 = 1;
    private static final int ORDINAL_AT = Integer.BYTES;
    private static final int BODY_CHECKSUM_AT = ORDINAL_AT + Long.BYTES;
    private static final int BODY_AT = BODY_CHECKSUM_AT + Integer.BYTES;
    private static final int LONGEST_TEXT = 0xffff;

    /** What a serializer made of an object. */
    public record Serialized(int serializer, String manifest, byte[] bytes) {}

    /** About how many bytes it takes. */
    int size() {
        return 100 + content.bytes().length + (metadata == null ? 0 : metadata.bytes().length);
    }

    /** The stored form; {@link Encoded#seal} makes it complete. */
    record Encoded(byte[] value) {

        /** Puts in what is only known when it is written. Once. */
        byte[] seal(byte[] key, long ordinal) {
            ByteBuffer.wrap(value).putLong(ORDINAL_AT, ordinal);
            ByteBuffer.wrap(value).putInt(0, headChecksum(key, value));
            return value;
        }
    }

    /**
     * The stored form, but for the place that it will have: a checksum of the key, the ordinal and the body's checksum
     * (4 bytes), the ordinal (8), the body's checksum (4), and the body. The body can so be made before the place is
     * known, on another thread.
     *
     * @throws IllegalArgumentException when a name in it is longer than 65,535 bytes
     */
    Encoded encode() {
        var texts = new Texts();
        byte[] writerText = texts.of(writer);
        byte[] adapterText = texts.of(adapterManifest);
        byte[] manifest = texts.of(content.manifest());
        List<byte[]> tagTexts = tags.stream().map(texts::of).toList();
        byte[] metadataManifest = metadata == null ? new byte[0] : texts.of(metadata.manifest());
        int metadataBytes = metadata == null ? 0 : 2 * Integer.BYTES + metadata.bytes().length;
        int headBytes = BODY_AT + 1 + Long.BYTES + Integer.BYTES + Short.BYTES + 1;
        var stored = new byte[headBytes + texts.bytes + metadataBytes + content.bytes().length];
        var body = ByteBuffer.wrap(stored).position(BODY_AT);
        body.put(FORMAT_1).putLong(at);
        put(body, writerText);
        put(body, adapterText);
        body.putShort((short) tagTexts.size());
        tagTexts.forEach(tag -> put(body, tag));
        if (metadata == null) {
            body.put((byte) 0);
        } else {
            body.put((byte) 1).putInt(metadata.serializer());
            put(body, metadataManifest);
            body.putInt(metadata.bytes().length).put(metadata.bytes());
        }
        body.putInt(content.serializer());
        put(body, manifest);
        body.put(content.bytes());
        body.putInt(BODY_CHECKSUM_AT, bodyChecksum(stored));
        return new Encoded(stored);
    }

    /** Reads the stored form; null when a checksum is wrong or it is not of a known format. */
    static @Nullable EventRecord decode(byte[] key, byte[] stored) {
        try {
            var value = ByteBuffer.wrap(stored);
            boolean isSound = value.getInt() == headChecksum(key, stored)
                    && value.getInt(BODY_CHECKSUM_AT) == bodyChecksum(stored);
            long ordinal = value.getLong();
            if (!isSound || value.position(BODY_AT).get() != FORMAT_1) {
                return null;
            }
            long at = value.getLong();
            String writer = text(value);
            String adapterManifest = text(value);
            int tagCount = Short.toUnsignedInt(value.getShort());
            var tags = new ArrayList<String>(tagCount);
            for (int tag = 0; tag < tagCount; tag++) {
                tags.add(text(value));
            }
            Serialized metadata =
                    value.get() == 0 ? null : new Serialized(value.getInt(), text(value), bytes(value, value.getInt()));
            var content = new Serialized(value.getInt(), text(value), bytes(value, value.remaining()));
            return new EventRecord(ordinal, at, writer, adapterManifest, List.copyOf(tags), content, metadata);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            return null;
        }
    }

    private static int headChecksum(byte[] key, byte[] stored) {
        var sum = new CRC32C();
        sum.update(key);
        sum.update(stored, ORDINAL_AT, BODY_AT - ORDINAL_AT);
        return (int) sum.getValue();
    }

    private static int bodyChecksum(byte[] stored) {
        var sum = new CRC32C();
        sum.update(stored, BODY_AT, stored.length - BODY_AT);
        return (int) sum.getValue();
    }

    private static final class Texts {
        int bytes;

        byte[] of(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            if (utf8.length > LONGEST_TEXT) {
                throw new IllegalArgumentException(
                        "A name of %,d bytes cannot be stored, %,d can".formatted(utf8.length, LONGEST_TEXT));
            }
            bytes += Short.BYTES + utf8.length;
            return utf8;
        }
    }

    private static void put(ByteBuffer value, byte[] text) {
        value.putShort((short) text.length).put(text);
    }

    private static String text(ByteBuffer value) {
        return new String(bytes(value, Short.toUnsignedInt(value.getShort())), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer value, int length) {
        var bytes = new byte[length];
        value.get(bytes);
        return bytes;
    }
}
