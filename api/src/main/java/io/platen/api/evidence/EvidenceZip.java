package io.platen.api.evidence;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A failure's folder as one file, to be sent with a request for help. */
public final class EvidenceZip {
    private EvidenceZip() {}

    /**
     * Writes the folder's files; blocks for as long as the reader takes.
     *
     * @param name the folder's name in the zip
     */
    public static void write(Path folder, String name, OutputStream to) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        // Not closed on failure, because that would make a part a valid zip.
        var zip = new ZipOutputStream(new BufferedOutputStream(to, 64 * 1024));
        for (Path file : files) {
            var entry = new ZipEntry(name + "/" + file.getFileName());
            entry.setLastModifiedTime(Files.getLastModifiedTime(file));
            zip.putNextEntry(entry);
            Files.copy(file, zip);
            zip.closeEntry();
        }
        zip.finish();
        zip.flush();
    }
}
