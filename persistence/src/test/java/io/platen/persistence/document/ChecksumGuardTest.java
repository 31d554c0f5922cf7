package io.platen.persistence.document;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A document whose checksum is wrong never leaves whole: its last chunk is kept back. */
final class ChecksumGuardTest {
    private static ActorTestKit kit;

    private final ConcurrentLinkedQueue<String> passed = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void rightDocumentPassesWhole() throws Exception {
        pass("abc", "ab", "c");

        assertThat(passed).containsExactly("ab", "c");
    }

    @Test
    void emptyDocumentPasses() throws Exception {
        pass("");

        assertThat(passed).isEmpty();
    }

    @Test
    void lastChunkOfADamagedDocumentIsKeptBack() {
        assertThatThrownBy(() -> pass("abd", "a", "b", "c"))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(DocumentDamagedException.class);
        assertThat(passed).containsExactly("a", "b");
    }

    @Test
    void onlyChunkOfADamagedDocumentIsKeptBack() {
        assertThatThrownBy(() -> pass("abd", "abc")).hasCauseInstanceOf(DocumentDamagedException.class);
        assertThat(passed).isEmpty();
    }

    @Test
    void missingBytesAreDamage() {
        assertThatThrownBy(() -> pass("abc", "ab")).hasCauseInstanceOf(DocumentDamagedException.class);
        assertThatThrownBy(() -> pass("abc")).hasCauseInstanceOf(DocumentDamagedException.class);
        assertThat(passed).isEmpty();
    }

    private void pass(String submitted, String... chunks) throws Exception {
        var sum = new Sha256();
        sum.add(ByteString.fromString(submitted));
        var document = new StoredDocument("id", submitted.length(), sum.hex());
        Source.from(List.of(chunks))
                .map(ByteString::fromString)
                .via(new ChecksumGuard(document))
                .runWith(Sink.foreach(chunk -> passed.add(chunk.utf8String())), kit.system())
                .toCompletableFuture()
                .get(10, SECONDS);
    }
}
