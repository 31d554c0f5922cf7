package io.platen.persistence.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is stored.
 *
 * @param ordinal its place among all events of the journal, counted from 1; 0 before it has one
 * @param at when it was written, in milliseconds since 1970
 * @param writer Akka's id of the actor incarnation that wrote it
 * @param adapterManifest the manifest of Akka's event adapter
 * @param tags Akka's tags of the event
 * @param content the event
 * @param metadata Akka's metadata of the event
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
    private static final int LONGEST_TEXT = 0xffff;

    /** An object as its serializer wrote it. */
    public record Serialized(int serializer, String manifest, byte[] bytes) {}

    /**
     * The stored form, without the ordinal: the ordinal is only known when the event is written, and encoding is done before
     * that, on another thread.
     *
     * @throws IllegalArgumentException when a name in it is longer than 65,535 bytes
     */
    byte[] encode() {
        var texts = new Texts();
        byte[] writerText = texts.of(writer);
        byte[] adapterText = texts.of(adapterManifest);
        byte[] manifest = texts.of(content.manifest());
        var tagTexts = new byte[tags.size()][];
        for (int tag = 0; tag < tagTexts.length; tag++) {
            tagTexts[tag] = texts.of(tags.get(tag));
        }
        byte[] metadataManifest = metadata == null ? new byte[0] : texts.of(metadata.manifest());
        int metadataBytes = metadata == null ? 0 : 2 * Integer.BYTES + metadata.bytes().length;
        int fixedBytes = 1 + Long.BYTES + Short.BYTES + 1 + Integer.BYTES;
        var stored = new byte[fixedBytes + texts.bytes + metadataBytes + content.bytes().length];
        var body = ByteBuffer.wrap(stored);
        body.put(FORMAT_1).putLong(at);
        put(body, writerText);
        put(body, adapterText);
        body.putShort((short) tagTexts.length);
        for (byte[] tag : tagTexts) {
            put(body, tag);
        }
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
        return stored;
    }

    /** Reads the stored form, whose checksum is right. Null when its format is unknown. */
    static @Nullable EventRecord decode(long ordinal, ByteBuffer stored) {
        try {
            if (stored.get() != FORMAT_1) {
                return null;
            }
            long at = stored.getLong();
            String writer = text(stored);
            String adapterManifest = text(stored);
            int tagCount = Short.toUnsignedInt(stored.getShort());
            var tags = new ArrayList<String>(tagCount);
            for (int tag = 0; tag < tagCount; tag++) {
                tags.add(text(stored));
            }
            Serialized metadata = stored.get() == 0
                    ? null
                    : new Serialized(stored.getInt(), text(stored), bytes(stored, stored.getInt()));
            var content = new Serialized(stored.getInt(), text(stored), bytes(stored, stored.remaining()));
            return new EventRecord(ordinal, at, writer, adapterManifest, List.copyOf(tags), content, metadata);
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            return null;
        }
    }

    private static final class Texts {
        int bytes;

        byte[] of(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            if (utf8.length > LONGEST_TEXT) {
                throw new IllegalArgumentException("A name of %,d bytes cannot be stored; the limit is %,d bytes"
                        .formatted(utf8.length, LONGEST_TEXT));
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
