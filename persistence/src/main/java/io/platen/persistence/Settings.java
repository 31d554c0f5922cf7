package io.platen.persistence;

import com.typesafe.config.Config;

/** Reads the configuration below one path. A number out of range is refused with its key, its range and its file. */
public final class Settings {
    private final Config config;
    private final String path;

    public Settings(Config all, String path) {
        this.config = all.getConfig(path);
        this.path = path;
    }

    public String text(String key) {
        return config.getString(key);
    }

    /** A number from {@code least} to {@code most}, both included. */
    public int number(String key, int least, int most) {
        return (int) within(key, config.getLong(key), least, most);
    }

    /** A size in bytes from {@code least} to {@code most}, both included. */
    public long bytes(String key, long least, long most) {
        return within(key, config.getBytes(key), least, most);
    }

    private long within(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s.%s must be between %,d and %,d, not %,d (%s)"
                    .formatted(
                            path,
                            key,
                            least,
                            most,
                            value,
                            config.getValue(key).origin().description()));
        }
        return value;
    }
}
