package io.platen.persistence.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.StoreFullException;
import io.platen.persistence.commit.GroupCommit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DocumentStoreTest {
    private static final ActorTestKit kit = ActorTestKit.create();
    private static final int CHUNK = 100_000;
    private static final int SMALL = 1_000;
    private static final int SEGMENT = 10_000;
    private static final DocumentSettings SETTINGS = new DocumentSettings(
            SMALL, SEGMENT, Duration.ofHours(1), new GroupCommit.Limits(10_000, 1_000, 1024 * 1024, 10));

    @TempDir
    Path directory;

    private DocumentStore store;

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @BeforeEach
    void open() throws IOException {
        store = DocumentStore.open(directory, new FreeSpace(directory, 0), SETTINGS, Runnable::run);
    }

    @Test
    void readsWhatWasStored() {
        var bytes = random(3_000_000);
        var document = store(bytes);

        assertThat(document.size()).isEqualTo(bytes.size());
        assertThat(read(document)).isEqualTo(bytes);
    }

    @Test
    void storesEmptyDocument() {
        var document = store(ByteString.emptyByteString());

        assertThat(document.sha256()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(read(document)).isEqualTo(ByteString.emptyByteString());
    }

    @Test
    void damagedDocumentNeverLeavesWhole() throws IOException {
        var document = store(random(1_000_000));
        Path file = files().get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[500_000] ^= 1;
        Files.write(file, bytes);

        var got = new AtomicLong();
        assertThatThrownBy(() -> store.read(document)
                        .map(chunk -> got.addAndGet(chunk.size()))
                        .runWith(Sink.ignore(), kit.system())
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(DocumentDamagedException.class);
        assertThat(got.get()).isLessThan(1_000_000);
    }

    @Test
    void missingDocumentIsSaidToBeMissing() throws IOException {
        var document = store(random(SMALL + 1));
        store.delete(document.id());

        assertThat(store.exists(document)).isFalse();
        assertThatThrownBy(() -> read(document)).hasRootCauseInstanceOf(NoSuchFileException.class);
    }

    @Test
    void brokenUploadLeavesNothing() throws IOException {
        var upload = Source.single(random(CHUNK))
                .concat(Source.failed(new IOException("client gone")))
                .runWith(store.store(), kit.system());

        assertThatThrownBy(() -> upload.toCompletableFuture().join()).hasRootCauseMessage("client gone");
        assertThat(files()).isEmpty();
    }

    @Test
    void fullDiskIsRefusedAndLeavesNothing() throws IOException {
        var full = DocumentStore.open(directory, new FreeSpace(directory, Long.MAX_VALUE / 2), SETTINGS, Runnable::run);

        var upload = Source.single(random(CHUNK)).runWith(full.store(), kit.system());

        assertThatThrownBy(() -> upload.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StoreFullException.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void removesUploadsThatACrashBrokeOff() throws IOException {
        Files.writeString(directory.resolve("incoming").resolve("left-over"), "half a document");

        DocumentStore.open(directory, new FreeSpace(directory, 0), SETTINGS, Runnable::run);

        assertThat(files()).isEmpty();
    }

    @Test
    void deletesOnlyWhatIsNotInUse() throws IOException {
        var used = store(random(SMALL + 1));
        var unused = store(random(SMALL + 2));

        int deleted = store.deleteUnused(Set.of(used.id()), Instant.now().plusSeconds(60));

        assertThat(deleted).isEqualTo(1);
        assertThat(store.exists(used)).isTrue();
        assertThat(store.exists(unused)).isFalse();
    }

    @Test
    void smallDocumentsShareASegment() throws IOException {
        var documents =
                IntStream.range(1, 20).mapToObj(size -> store(random(size))).toList();

        assertThat(files()).hasSize(1);
        store.close();
        open();
        documents.forEach(document -> assertThat(read(document)).isEqualTo(random((int) document.size())));
        assertThat(documents).allMatch(store::exists);
    }

    @Test
    void documentsThatComeTogetherShareASync() {
        var writes = IntStream.range(0, 1000)
                .mapToObj(n -> store.storeSmall(random(100)).toCompletableFuture())
                .toList();
        writes.forEach(CompletableFuture::join);

        assertThat(store.writer().metrics().groupSize().sum()).isEqualTo(1000);
        assertThat(store.writer().metrics().groupSize().count()).isLessThan(500);
    }

    @Test
    void aSegmentGoesWhenNothingInItIsNeeded() throws IOException {
        var documents =
                IntStream.range(0, 38).mapToObj(n -> store(random(SMALL))).toList();
        assertThat(files()).hasSize(4);
        var future = Instant.now().plusSeconds(60);

        // One document keeps its segment, and the open one stays.
        assertThat(store.deleteUnused(Set.of(documents.get(0).id()), future)).isEqualTo(2);
        assertThat(files()).hasSize(2);
        assertThat(read(documents.get(0))).isEqualTo(random(SMALL));
        assertThat(store.exists(documents.get(15))).isFalse();
        assertThatThrownBy(() -> read(documents.get(15))).hasRootCauseInstanceOf(NoSuchFileException.class);
        assertThat(store.deleteUnused(Set.of(), Instant.now().minusSeconds(60))).isZero();
        assertThat(store.deleteUnused(Set.of(), future)).isEqualTo(1);
        assertThat(read(store(random(5)))).isEqualTo(random(5));
    }

    @Test
    void aChangedByteOfASegmentIsNoticedAndTheOthersStay() throws IOException {
        var documents = IntStream.range(0, 3).mapToObj(n -> store(random(100))).toList();
        byte[] bytes = Files.readAllBytes(files().get(0));
        bytes[8 + 108 + 50] ^= 1;
        Files.write(files().get(0), bytes);

        assertThat(read(documents.get(0))).isEqualTo(random(100));
        assertThatThrownBy(() -> read(documents.get(1)))
                .hasRootCauseInstanceOf(StoreDamagedException.class)
                .rootCause()
                .hasMessageContaining(".segment is damaged in the record at byte 116");
        assertThat(read(documents.get(2))).isEqualTo(random(100));
    }

    @Test
    void aSegmentIsClosedWhenItIsOld() throws IOException {
        store.close();
        var aged = new DocumentSettings(SMALL, SEGMENT, Duration.ZERO, SETTINGS.limits());
        store = DocumentStore.open(directory, new FreeSpace(directory, 0), aged, Runnable::run);
        store(random(10));
        store(random(10));

        assertThat(files()).hasSize(2);
    }

    @Test
    void exportsACopyThatStays() throws IOException {
        for (int size : new int[] {10, SMALL + 1}) {
            var document = store(random(size));
            Path copy = directory.resolve("copy-" + size);
            store.export(document, copy);
            store.delete(document.id());

            assertThat(Files.readAllBytes(copy)).isEqualTo(random(size).toArray());
        }
    }

    private StoredDocument store(ByteString bytes) {
        return Source.from(() -> chunks(bytes).iterator())
                .runWith(store.store(), kit.system())
                .toCompletableFuture()
                .join();
    }

    private ByteString read(StoredDocument document) {
        return store.read(document)
                .runFold(ByteString.emptyByteString(), ByteString::concat, kit.system())
                .toCompletableFuture()
                .join();
    }

    private static Stream<ByteString> chunks(ByteString bytes) {
        return IntStream.range(0, (bytes.size() + CHUNK - 1) / CHUNK)
                .mapToObj(i -> bytes.slice(i * CHUNK, Math.min(bytes.size(), (i + 1) * CHUNK)));
    }

    private static ByteString random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return ByteString.fromArray(bytes);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
