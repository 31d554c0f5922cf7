package io.platen.persistence.document;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.util.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents are put into another place under the same ids, and what is wrong with one is said. */
final class DocumentArchiveTest {
    private static final String FIRST = "00000007-00000008";
    private static final String SECOND = "00000007-00000015";
    private static final String LARGE = "4f5d0f1e-7a4b-4c8e-9f5e-0123456789ab";

    @TempDir
    private Path root;

    @Test
    void smallDocumentsAreVisitedInOrder() throws IOException {
        var archive = archive();
        archive.addSmall(FIRST, bytes("first"));
        archive.addSmall(SECOND, bytes("second"));
        archive.addSmall("00000009-00000008", bytes("other"));
        archive.sync();

        var seen = new ArrayList<String>();
        assertThat(archive.visitSmall((id, content) -> seen.add(id + " " + new String(content, US_ASCII))))
                .isEmpty();
        assertThat(seen).containsExactly(FIRST + " first", SECOND + " second", "00000009-00000008 other");
    }

    @Test
    void largeDocumentIsPutTogetherFromItsParts() throws IOException {
        var archive = archive();
        archive.addLarge(LARGE, bytes("one, "));
        archive.addLarge(LARGE, bytes("two"));
        archive.sync();

        assertThat(archive.large()).containsExactly(LARGE);
        try (InputStream content = archive.openLarge(LARGE)) {
            assertThat(content).hasContent("one, two");
        }
        assertThat(archive.damage(document(LARGE, "one, two"))).isEmpty();
        assertThat(archive.damage(document(LARGE, "one, twO"))).isPresent();
    }

    @Test
    void documentIsAddedOnlyInItsPlace() throws IOException {
        var archive = archive();

        assertThatThrownBy(() -> archive.addSmall(SECOND, bytes("second")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(SECOND)
                .hasMessageContaining("8 bytes");
        archive.addSmall(FIRST, bytes("first"));
        assertThatThrownBy(() -> archive.addSmall(FIRST, bytes("first"))).isInstanceOf(IOException.class);
    }

    @Test
    void bytesThatAreNoDocumentAreToldWithTheirPlace() throws IOException {
        var archive = archive();
        archive.addSmall(FIRST, bytes("first"));
        Files.write(root.resolve("segments/00000007.segment"), new byte[3], StandardOpenOption.APPEND);

        assertThat(archive.visitSmall((id, content) -> {}))
                .singleElement()
                .asString()
                .endsWith("3 bytes from byte 21 on are no document");
    }

    @Test
    void damageIsSaid() throws IOException {
        var archive = archive();
        archive.addSmall(FIRST, bytes("first"));

        assertThat(archive.damage(document(FIRST, "first"))).isEmpty();
        assertThat(archive.damage(document(FIRST, "firsT")))
                .hasValueSatisfying(what -> assertThat(what).contains("not as it was submitted", "5 bytes"));
        assertThat(archive.damage(document(FIRST, "first!")))
                .hasValueSatisfying(what -> assertThat(what).contains("is damaged"));
        assertThat(archive.damage(document("0000000a-00000008", "x")))
                .hasValueSatisfying(what -> assertThat(what).contains("is missing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../../etc/passwd", "ab/cd", "00000007_00000008", "first"})
    void namesThatAreNoIdsAreRefused(String id) {
        assertThatThrownBy(() -> archive().addSmall(id, bytes("x"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> archive().addLarge(id, bytes("x"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> archive().openLarge(id).close()).isInstanceOf(IOException.class);
        assertThat(root).isEmptyDirectory();
    }

    private DocumentArchive archive() {
        return new DocumentArchive(root);
    }

    private static StoredDocument document(String id, String content) {
        var sum = new Sha256();
        sum.add(ByteString.fromString(content));
        return new StoredDocument(id, content.length(), sum.hex());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }
}
