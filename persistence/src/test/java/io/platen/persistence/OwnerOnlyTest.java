package io.platen.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.persistence.OwnerOnly.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds labels is closed to everybody but its owner. */
final class OwnerOnlyTest {
    @TempDir
    private Path temporary;

    @Test
    void newDirectoryIsMadeClosedWithItsParents() throws IOException {
        Path directory = temporary.resolve("a/b/data");

        assertThat(OwnerOnly.open(directory)).isEqualTo(Found.CLOSED);
        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(OwnerOnly.open(directory)).isEqualTo(Found.CLOSED);
    }

    @Test
    void openDirectoryIsClosedWithAllThatIsInIt() throws IOException {
        Path directory = made("data", "rwxr-xr-x");
        Path below = Files.createDirectory(directory.resolve("below"));
        allow(below, "rwxrwxrwx");
        Path file = Files.createFile(below.resolve("label"));
        allow(file, "rw-r--r--");

        assertThat(OwnerOnly.open(directory)).isEqualTo(Found.NARROWED);

        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(permissions(below)).isEqualTo("rwx------");
        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    /** A link may lead to a file that is somebody else's business. */
    @Test
    void filesBehindLinksStayAsTheyAre() throws IOException {
        Path elsewhere = Files.createFile(temporary.resolve("elsewhere"));
        allow(elsewhere, "rw-r--r--");
        Path directory = made("data", "rwxr-xr-x");
        Files.createSymbolicLink(directory.resolve("link"), elsewhere);

        OwnerOnly.open(directory);

        assertThat(permissions(elsewhere)).isEqualTo("rw-r--r--");
    }

    @Test
    void directoryBehindALinkIsClosed() throws IOException {
        Path directory = made("data", "rwxr-xr-x");
        Path link = Files.createSymbolicLink(temporary.resolve("link"), directory);

        assertThat(OwnerOnly.open(link)).isEqualTo(Found.NARROWED);
        assertThat(permissions(directory)).isEqualTo("rwx------");
    }

    @ParameterizedTest
    @CsvSource({
        "rwx------, false",
        "r--------, false",
        "---------, false",
        "rwx-----x, true",
        "rwx--x---, true",
        "rw----r--, true",
        "rw--w----, true"
    })
    void anyBitForOthersIsOpen(String bits, boolean isOpen) throws IOException {
        Path directory = made("data", bits);
        try {
            assertThat(OwnerOnly.isOpenToOthers(directory)).isEqualTo(isOpen);
        } finally {
            allow(directory, "rwx------");
        }
    }

    @Test
    void narrowingTakesNothingFromTheOwner() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        allow(file, "r-xr-xr-x");

        OwnerOnly.narrow(file);

        assertThat(permissions(file)).isEqualTo("r-x------");
    }

    @Test
    void touchedFileIsMadeClosedAndOneThatIsThereKeepsItsContent() throws IOException {
        Path file = temporary.resolve("file");
        OwnerOnly.touch(file);
        assertThat(permissions(file)).isEqualTo("rw-------");

        Files.writeString(file, "label");
        allow(file, "rw-rw-r--");
        OwnerOnly.touch(file);

        assertThat(file).hasContent("label");
        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    private Path made(String name, String bits) throws IOException {
        Path directory = Files.createDirectory(temporary.resolve(name));
        allow(directory, bits);
        return directory;
    }

    private static void allow(Path path, String bits) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(bits));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
