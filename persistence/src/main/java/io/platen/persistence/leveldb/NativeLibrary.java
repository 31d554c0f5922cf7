package io.platen.persistence.leveldb;

import io.platen.persistence.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Chooses where LevelDB's native library is unpacked. By default its loader (HawtJNI) unpacks it to a new file in the system's
 * temporary directory. That file of a megabyte stays when the process is killed, and some systems execute nothing there.
 */
final class NativeLibrary {
    private static final String PATH = "library.leveldbjni.path";

    private NativeLibrary() {}

    /**
     * Makes the loader unpack the library beside this database, which no other process has open, and removes what killed
     * processes left there. Has no effect when a place is already set or the library is loaded. If the library cannot be loaded
     * from there, the loader uses the temporary directory.
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

    /** Called once the library is loaded, because the loader lets everybody read and execute its file. */
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
