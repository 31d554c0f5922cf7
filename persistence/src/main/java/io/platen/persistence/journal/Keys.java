package io.platen.persistence.journal;

import io.platen.persistence.StoreDamagedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;

/** What readers of the database have in common. */
final class Keys {
    private Keys() {}

    /** The least key behind this one. */
    static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /**
     * A value behind its checksum.
     *
     * @param what for whom it concerns
     */
    static ByteBuffer sound(Database.Entry entry, Supplier<String> what) throws StoreDamagedException {
        if (!Table.isSound(entry)) {
            throw new StoreDamagedException("In the journal, " + what.get() + " has a wrong checksum");
        }
        return ByteBuffer.wrap(entry.value()).position(Table.CHECKSUM_BYTES);
    }
}
