package io.platen.persistence.document;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.commit.GroupCommit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How fast documents are stored, beside a file each, and beside a plain sequential write. Run on demand. */
final class DocumentBench {
    private static final int ROUNDS = 3;
    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final int AT_ONCE = 1_000;
    private static final int CHUNK = 256 * 1024;
    private static final int CHUNKS = 4 * 1024;

    @TempDir
    Path directory;

    @Test
    void documentsPerSecond() throws Exception {
        var content = new byte[1024];
        new Random(1).nextBytes(content);
        var settings = new DocumentSettings(
                64 * 1024,
                32 * 1024 * 1024,
                Duration.ofHours(1),
                new GroupCommit.Limits(10_000, 1_024, 8 * 1024 * 1024, 1_000));
        var shared = new double[ROUNDS];
        var files = new double[ROUNDS];
        try (var store = DocumentStore.open(directory, new FreeSpace(directory, 0), settings, Runnable::run)) {
            shared(store, content);
            for (int round = 0; round < ROUNDS; round++) {
                files[round] = files(content, round);
                shared[round] = shared(store, content);
            }
        }
        System.out.printf("1 KiB, a file each, synced   %,9.0f documents/s%n", median(files));
        System.out.printf("1 KiB, this store            %,9.0f documents/s%n", median(shared));
        System.out.printf("ratio                        %,9.1f%n", median(shared) / median(files));
        assertThat(median(shared)).isPositive();
    }

    private static double shared(DocumentStore store, byte[] content) throws InterruptedException {
        var slots = new Semaphore(AT_ONCE);
        var stored = new LongAdder();
        long start = System.nanoTime();
        while (System.nanoTime() - start < ROUND_NANOS) {
            slots.acquire();
            var unused = store.storeSmall(ByteString.fromArrayUnsafe(content))
                    .whenCompleteAsync(
                            (document, failure) -> {
                                stored.add(failure == null ? 1 : 0);
                                slots.release();
                            },
                            Runnable::run);
        }
        slots.acquire(AT_ONCE);
        return stored.sum() * 1e9 / (System.nanoTime() - start);
    }

    /** As it was done before: written, synced, and moved to its place. */
    private double files(byte[] content, int round) throws IOException {
        Path incoming = Files.createDirectory(directory.resolve("in-" + round));
        Path home = Files.createDirectory(directory.resolve("files-" + round));
        long start = System.nanoTime();
        long stored = 0;
        while (System.nanoTime() - start < ROUND_NANOS) {
            var writer = new DocumentWriter(
                    "d" + stored, incoming.resolve("d"), home, new FreeSpace(home, 0), Runnable::run);
            writer.write(ByteString.fromArrayUnsafe(content));
            writer.commit();
            stored++;
        }
        return stored * 1e9 / (System.nanoTime() - start);
    }

    @Test
    void gibibyte() throws Exception {
        var settings = new DocumentSettings(
                1024, 1024 * 1024, Duration.ofHours(1), new GroupCommit.Limits(10, 10, 1024, 1_000));
        var chunk = new byte[CHUNK];
        new Random(2).nextBytes(chunk);
        ActorTestKit kit = ActorTestKit.create();
        var streamed = new double[ROUNDS];
        var plain = new double[ROUNDS];
        var hashed = new double[ROUNDS];
        var beside = Executors.newFixedThreadPool(2);
        try (var store = DocumentStore.open(directory, new FreeSpace(directory, 0), settings, beside)) {
            for (int round = 0; round < ROUNDS; round++) {
                hashed[round] = hashed(chunk);
                plain[round] = plain(directory.resolve("plain-" + round), chunk);
                long start = System.nanoTime();
                StoredDocument document = Source.range(1, CHUNKS)
                        .map(any -> ByteString.fromArrayUnsafe(chunk))
                        .runWith(store.store(), kit.system())
                        .toCompletableFuture()
                        .join();
                streamed[round] = (double) CHUNK * CHUNKS * 1e9 / (System.nanoTime() - start);
                store.delete(document.id());
                Files.delete(directory.resolve("plain-" + round));
            }
        } finally {
            kit.shutdownTestKit();
            beside.shutdown();
        }
        System.out.printf("1 GiB, SHA-256 alone         %,9.0f MB/s%n", median(hashed) / 1e6);
        System.out.printf("1 GiB, plain write, one sync %,9.0f MB/s%n", median(plain) / 1e6);
        System.out.printf("1 GiB, this store            %,9.0f MB/s%n", median(streamed) / 1e6);
        System.out.printf("share of the plain write     %,9.2f%n", median(streamed) / median(plain));
        System.out.printf("share of SHA-256 alone       %,9.2f%n", median(streamed) / median(hashed));
        assertThat(median(streamed)).isPositive();
    }

    private static double hashed(byte[] chunk) throws NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256");
        long start = System.nanoTime();
        for (int i = 0; i < CHUNKS; i++) {
            digest.update(chunk);
        }
        assertThat(digest.digest()).hasSize(32);
        return (double) CHUNK * CHUNKS * 1e9 / (System.nanoTime() - start);
    }

    private static double plain(Path file, byte[] chunk) throws IOException {
        long start = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < CHUNKS; i++) {
                channel.write(ByteBuffer.wrap(chunk));
            }
            channel.force(true);
        }
        return (double) CHUNK * CHUNKS * 1e9 / (System.nanoTime() - start);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
