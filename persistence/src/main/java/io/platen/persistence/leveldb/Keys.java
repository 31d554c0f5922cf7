package io.platen.persistence.leveldb;

import java.util.Arrays;

/** Keys in the order in which LevelDB has them. */
public final class Keys {
    private Keys() {}

    /** The least key behind this one. */
    public static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }
}
