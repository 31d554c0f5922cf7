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
    private static final int LONGEST_TEXT = 0xffff;

    /** What a serializer made of an object. */
    public record Serialized(int serializer, String manifest, byte[] bytes) {}

    EventRecord withOrdinal(long given) {
        return new EventRecord(given, at, writer, adapterManifest, tags, content, metadata);
    }

    /** About how many bytes it takes. */
    int size() {
        return 100 + content.bytes().length + (metadata == null ? 0 : metadata.bytes().length);
    }

    /**
     * The stored form, with the checksum.
     *
     * @throws IllegalArgumentException when a name in it is longer than 65,535 bytes
     */
    byte[] encode(byte[] key) {
        var texts = new Texts();
        byte[] writerText = texts.of(writer);
        byte[] adapterText = texts.of(adapterManifest);
        byte[] manifest = texts.of(content.manifest());
        List<byte[]> tagTexts = tags.stream().map(texts::of).toList();
        byte[] metadataManifest = metadata == null ? new byte[0] : texts.of(metadata.manifest());
        int metadataBytes = metadata == null ? 0 : 2 * Integer.BYTES + metadata.bytes().length;
        var value = Table.value(1
                + 2 * Long.BYTES
                + Integer.BYTES
                + Short.BYTES
                + 1
                + texts.bytes
                + metadataBytes
                + content.bytes().length);
        value.put(FORMAT_1).putLong(ordinal).putLong(at);
        put(value, writerText);
        put(value, adapterText);
        value.putShort((short) tagTexts.size());
        tagTexts.forEach(tag -> put(value, tag));
        if (metadata == null) {
            value.put((byte) 0);
        } else {
            value.put((byte) 1).putInt(metadata.serializer());
            put(value, metadataManifest);
            value.putInt(metadata.bytes().length).put(metadata.bytes());
        }
        value.putInt(content.serializer());
        put(value, manifest);
        value.put(content.bytes());
        return Table.seal(key, value);
    }

    /** Reads the stored form; null when its checksum is wrong or it is not of a known format. */
    static @Nullable EventRecord decode(byte[] key, byte[] stored) {
        if (!Table.isSound(key, stored)) {
            return null;
        }
        try {
            var value = ByteBuffer.wrap(stored).position(Table.CHECKSUM_BYTES);
            if (value.get() != FORMAT_1) {
                return null;
            }
            long ordinal = value.getLong();
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
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            return null;
        }
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
