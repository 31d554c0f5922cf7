package io.platen.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.persistence.journal.EventRecord.Serialized;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An event as it is stored is read again, for ever. */
final class EventRecordTest {
    private static final Serialized EVENT = new Serialized(9001, "job-submitted", new byte[] {1, 2, 3});
    private static final Serialized EMPTY = new Serialized(-1, "", new byte[0]);

    static Stream<EventRecord> events() {
        return Stream.of(
                event("writer", List.of(), EVENT, null),
                event("writer", List.of("one", "zwei-ä"), EVENT, EMPTY),
                event("", List.of(""), EMPTY, EVENT),
                event("w".repeat(0xffff), List.of(), EVENT, null));
    }

    @ParameterizedTest
    @MethodSource("events")
    void isReadAgain(EventRecord event) {
        assertThat(EventRecord.decode(42, ByteBuffer.wrap(event.encode())))
                .usingRecursiveComparison()
                .isEqualTo(event);
    }

    /** Content goes to the end of what is stored, so only what stands before it can be missing. */
    @Test
    void cutBeforeItsContentIsOfNoFormat() {
        EventRecord event = event("writer", List.of("tag"), EVENT, EMPTY);
        byte[] stored = event.encode();
        int beforeContent = stored.length - EVENT.bytes().length;

        for (int length = 0; length < beforeContent; length++) {
            byte[] cut = Arrays.copyOf(stored, length);
            assertThat(EventRecord.decode(42, ByteBuffer.wrap(cut)))
                    .as("cut at %d", length)
                    .isNull();
        }
    }

    @Test
    void otherFormatIsNotGuessedAt() {
        byte[] stored = event("writer", List.of(), EVENT, null).encode();
        stored[0] = 2;

        assertThat(EventRecord.decode(42, ByteBuffer.wrap(stored))).isNull();
    }

    @Test
    void nameThatIsTooLongIsRefused() {
        var event = event("ä".repeat(0x8000), List.of(), EVENT, null);

        assertThatThrownBy(event::encode)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65,536 bytes");
    }

    private static EventRecord event(
            String writer, List<String> tags, Serialized content, @Nullable Serialized metadata) {
        return new EventRecord(42, 1_700_000_000_000L, writer, "", tags, content, metadata);
    }
}
