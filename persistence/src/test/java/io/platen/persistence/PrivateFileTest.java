package io.platen.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret is replaced as a whole, and only its owner may read it. */
final class PrivateFileTest {
    @TempDir
    private Path directory;

    @Test
    void isReplacedAndClosed() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "a longer text that was there before");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        PrivateFile.replace(file, "ä\n");

        assertThat(file).hasContent("ä\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** A crash may have left a part of an earlier one, open to others. */
    @Test
    void leftPartDoesNotGetIntoIt() throws IOException {
        Path part = Files.writeString(directory.resolve("secret.part"), "half of something");
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-rw-rw-"));
        Path file = directory.resolve("secret");

        PrivateFile.replace(file, "new");

        assertThat(file).hasContent("new");
        assertThat(part).doesNotExist();
        assertThat(OwnerOnly.isOpenToOthers(file)).isFalse();
    }
}
