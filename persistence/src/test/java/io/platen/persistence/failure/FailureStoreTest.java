package io.platen.persistence.failure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.persistence.FreeSpace;
import io.platen.persistence.StoreFullException;
import io.platen.persistence.failure.FailureStore.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure's folder is whole or is not there. */
final class FailureStoreTest {
    private static final Entry ENTRY = new Entry("dock-1", 17);

    @TempDir
    private Path root;

    @Test
    void folderHasTheDocumentAndWhatIsKnown() throws IOException {
        var store = open();

        write(store, ENTRY, "label", Map.of("failure.json", "{}", "log.txt", "lines"));

        Path folder = store.find(ENTRY).orElseThrow();
        assertThat(folder).isEqualTo(root.resolve("dock-1/17"));
        assertThat(folder.resolve("document")).hasContent("label");
        assertThat(folder.resolve("failure.json")).hasContent("{}");
        assertThat(folder.resolve("log.txt")).hasContent("lines");
        assertThat(root.resolve(".incoming")).isEmptyDirectory();
    }

    @Test
    void folderOfTheSameJobIsReplacedAsAWhole() throws IOException {
        var store = open();
        write(store, ENTRY, "before", Map.of("failure.json", "{}", "log.txt", "lines"));

        write(store, ENTRY, "after", Map.of("failure.json", "[]"));

        Path folder = store.find(ENTRY).orElseThrow();
        assertThat(folder.resolve("document")).hasContent("after");
        assertThat(folder.resolve("log.txt")).doesNotExist();
        assertThat(root.resolve(".incoming")).isEmptyDirectory();
    }

    @Test
    void documentThatCannotBeCopiedLeavesNothing() throws IOException {
        var store = open();

        assertThatThrownBy(() -> store.write(ENTRY, Map.of(), 5, file -> {
                    Files.writeString(file, "lab");
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(StoreFullException.class);

        assertThat(store.find(ENTRY)).isEmpty();
        assertThat(root.resolve(".incoming")).isEmptyDirectory();
        assertThat(root.resolve("dock-1")).doesNotExist();
    }

    @Test
    void fullDiskIsRefusedBeforeAnythingIsWritten() throws IOException {
        var store = FailureStore.open(root, new FreeSpace(root, Long.MAX_VALUE / 2));

        assertThatThrownBy(() -> write(store, ENTRY, "label", Map.of())).isInstanceOf(StoreFullException.class);
        assertThat(root.resolve(".incoming")).isEmptyDirectory();
    }

    @Test
    void lastFolderOfAPrinterTakesThePrintersWithIt() throws IOException {
        var store = open();
        write(store, ENTRY, "a", Map.of());
        write(store, new Entry("dock-1", 18), "b", Map.of());

        store.delete(ENTRY);
        assertThat(store.find(ENTRY)).isEmpty();
        assertThat(root.resolve("dock-1/18")).isDirectory();
        store.delete(new Entry("dock-1", 18));
        store.delete(new Entry("dock-1", 18));

        assertThat(root.resolve("dock-1")).doesNotExist();
    }

    @Test
    void storeKnowsAtItsStartWhatIsThereAndLeavesTheRestAlone() throws IOException {
        write(open(), ENTRY, "a", Map.of());
        write(open(), new Entry("zebra", 999_999_999), "b", Map.of());
        for (String other : new String[] {"lost+found/1", "dock-1/0", "dock-1/017", "dock-1/1234567890", "Dock/1"}) {
            Files.createDirectories(root.resolve(other));
        }
        Files.writeString(root.resolve("readme"), "a file");
        Path unfinished = Files.createDirectories(root.resolve(".incoming/x/y"));

        assertThat(open().found()).containsExactlyInAnyOrder(ENTRY, new Entry("zebra", 999_999_999));

        assertThat(unfinished).doesNotExist();
        assertThat(root.resolve("lost+found/1")).isDirectory();
        assertThat(root.resolve("readme")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../x", "a/b", ".incoming", "-a", "A"})
    void printerThatIsNoIdIsRefused(String printer) throws IOException {
        var store = open();

        assertThatThrownBy(() -> store.find(new Entry(printer, 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.delete(new Entry(printer, 1))).isInstanceOf(IllegalArgumentException.class);
    }

    private FailureStore open() throws IOException {
        return FailureStore.open(root, new FreeSpace(root, 0));
    }

    private static void write(FailureStore store, Entry entry, String document, Map<String, String> files)
            throws IOException {
        var bytes = new HashMap<String, byte[]>();
        files.forEach((name, text) -> bytes.put(name, text.getBytes(UTF_8)));
        store.write(entry, bytes, document.length(), file -> Files.writeString(file, document));
    }
}
