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

/** Directories and files that only their owner may open: labels may hold patients' names. */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private OwnerOnly() {}

    /** What {@link #open} found and did. */
    public enum Found {
        /** The directory is new, was closed to others already, or is on a file system without owners. */
        CLOSED,
        /** Others could enter the directory. It and everything in it is closed now. */
        NARROWED,
        /** Others can enter the directory, and this process may not change that. */
        OPEN
    }

    /** Makes a directory that only its owner may enter. Closes an existing one, with everything in it. */
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
            // The top first: then nobody else can reach the files below that are still open.
            narrowTree(directory.toRealPath());
        } catch (IOException e) {
            // The check below shows how far it came.
        }
        return isOpenToOthers(directory) ? Found.OPEN : Found.NARROWED;
    }

    /** Makes a file that only its owner may read, or closes an existing one to others. */
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

    /** Whether anybody but the owner may read, write or enter the path. */
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

    /** Takes all permissions for a file or directory from everybody but its owner. */
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
