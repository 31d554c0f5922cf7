package io.platen.persistence;

/** The plugin ids under which the embedded stores are configured, in this module's reference.conf. */
public final class JournalPlugins {
    public static final String JOURNAL = "platen.persistence.journal";
    public static final String SNAPSHOT_STORE = "platen.persistence.snapshot-store";
    public static final String READ_JOURNAL = "platen.persistence.read-journal";

    private JournalPlugins() {}
}
