package io.platen.persistence;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Directories that their owner alone may enter. Labels of a hospital are nobody else's business. */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private OwnerOnly() {}

    /** What was found, and done about it. */
    public enum Found {
        /** It was made, is closed to others, or the file system knows no owners. */
        CLOSED,
        /** Others could enter it; it and all that is in it is closed now. */
        NARROWED,
        /** Others can enter it, and this process may not change that. */
        OPEN
    }

    /** Makes a directory that its owner alone may enter; closes one that is there, with everything in it. */
    public static Found open(Path directory) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (Files.getFileAttributeView(directory, PosixFileAttributeView.class) == null) {
            Files.createDirectories(directory);
            return Found.CLOSED;
        }
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (!isOpenToOthers(directory)) {
            return Found.CLOSED;
        }
        try {
            // From the top: from then on nobody else gets at what is still open below.
            narrowTree(directory.toRealPath());
        } catch (IOException e) {
            // Said by what is found now.
            return isOpenToOthers(directory) ? Found.OPEN : Found.NARROWED;
        }
        return isOpenToOthers(directory) ? Found.OPEN : Found.NARROWED;
    }

    /** Makes a file that its owner alone may read, unless it is there. */
    public static void touch(Path file) throws IOException {
        try {
            if (Files.getFileAttributeView(file, PosixFileAttributeView.class) == null) {
                Files.createFile(file);
            } else {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (FileAlreadyExistsException e) {
            narrow(file);
        }
    }

    /** Whether anybody but its owner may read, write or enter it. */
    public static boolean isOpenToOthers(Path path) throws IOException {
        var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        return view != null && view.readAttributes().permissions().stream().anyMatch(OTHERS::contains);
    }

    private static void narrowTree(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                narrow(directory);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isSymbolicLink()) {
                    narrow(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }

    /** Takes from all others what they may do with a file or directory. */
    public static void narrow(Path path) throws IOException {
        if (!isOpenToOthers(path)) {
            return;
        }
        var permissions = EnumSet.noneOf(PosixFilePermission.class);
        permissions.addAll(Files.getPosixFilePermissions(path));
        permissions.removeAll(OTHERS);
        Files.setPosixFilePermissions(path, permissions);
    }
}
