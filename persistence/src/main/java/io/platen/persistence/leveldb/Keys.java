package io.platen.persistence.leveldb;

import java.util.Arrays;

/** Keys in LevelDB's order, which compares unsigned bytes. */
public final class Keys {
    private Keys() {}

    /** The next key after this one. */
    public static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }
}
