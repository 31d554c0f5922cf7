package io.platen.persistence.leveldb;

import io.platen.persistence.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where LevelDB's native part is unpacked. Its loader (HawtJNI) takes a new file in the system's temporary directory each
 * time, which stays there, a megabyte, when the process is killed; and some systems let nothing there be executed.
 */
final class NativeLibrary {
    private static final String PATH = "library.leveldbjni.path";

    private NativeLibrary() {}

    /**
     * Has it unpacked beside this database, which no other process has open, and removes what killed processes have left
     * there. Without effect when a place is set already, or when it was loaded. Where it cannot be loaded from there, the loader
     * goes on with the temporary directory.
     */
    static synchronized void unpackBeside(Path database) throws IOException {
        if (System.getProperty(PATH) != null) {
            return;
        }
        Path place = Files.createDirectories(database.resolve("native"));
        List<Path> left;
        try (Stream<Path> files = Files.list(place)) {
            left = files.toList();
        }
        for (Path file : left) {
            Files.delete(file);
        }
        System.setProperty(PATH, place.toAbsolutePath().toString());
    }

    /** Once it is loaded: its loader lets everybody read and run it. */
    static void narrow(Path database) throws IOException {
        Path place = database.resolve("native");
        if (Files.isDirectory(place)) {
            try (Stream<Path> files = Files.list(place)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    OwnerOnly.narrow(file);
                }
            }
        }
    }
}
