package io.platen.persistence.journal;

import io.platen.persistence.leveldb.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The format of a journal's database. It is the first entry written to the database. */
final class JournalFormat {
    private static final byte[] FORMAT_1 = "platen-journal-1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FORMAT_2 = "platen-journal-2".getBytes(StandardCharsets.US_ASCII);

    private JournalFormat() {}

    /**
     * Checks the format of a database; a new one gets it.
     *
     * @throws IOException when the database has another format
     */
    static void require(Database database) throws IOException {
        byte[] format = database.get(JournalTable.FORMAT_KEY);
        if (format == null) {
            if (!database.read(new byte[0], new byte[] {(byte) 0xff}, 1, 1).isEmpty()) {
                throw new IOException("The journal was not written by this Platen, or by one before 0.1.0");
            }
            try (Database.Group first = database.begin()) {
                first.put(JournalTable.FORMAT_KEY, FORMAT_2);
                database.write(first);
            }
        } else if (Arrays.equals(format, FORMAT_1)) {
            throw new IOException(
                    "The journal was written by a Platen before 0.1.0, in a format that is not read any more");
        } else if (!Arrays.equals(format, FORMAT_2)) {
            throw new IOException("The journal is of a format that this Platen does not know; a newer one wrote it");
        }
    }
}
