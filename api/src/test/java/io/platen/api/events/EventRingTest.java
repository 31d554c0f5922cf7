package io.platen.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The latest events: each reader has them from its own place on, or knows that some have left. */
final class EventRingTest {

    /** A ring of four, which begins behind event 10 and has had 11, 13, 14, 20 and 21. */
    @ParameterizedTest
    @CsvSource(nullValues = "gone", textBlock = """
            # after, most, events
              10,    9,    gone
              11,    9,    13 14 20 21
              12,    9,    13 14 20 21
              13,    9,    14 20 21
              13,    2,    14 20
              20,    9,    21
              21,    9,    ''
              99,    9,    ''
            """)
    void readersHaveWhatComesBehindTheirPlace(long after, int most, @Nullable String events) {
        var ring = new EventRing(4, 10);
        ring.add(frames(11, 13, 14, 20, 21));

        assertThat(ids(ring.after(after, most))).isEqualTo(events);
        assertThat(ring.has(after)).isEqualTo(events != null);
    }

    @Test
    void emptyRingHasEverythingBehindItsBeginning() {
        var ring = new EventRing(4, 10);

        assertThat(ring.after(10, 9)).isEmpty();
        assertThat(ring.after(9, 9)).isNull();
    }

    @Test
    void whoWaitsIsToldOfMoreOrOfTheEnd() {
        var ring = new EventRing(4, 0);
        var more = ring.more().toCompletableFuture();
        assertThat(more).isNotDone();

        ring.add(frames(1));
        assertThat(more).isDone();

        var next = ring.more().toCompletableFuture();
        assertThat(next).isNotDone();
        ring.close();
        assertThat(next).isDone();
        assertThat(ring.isClosed()).isTrue();
        assertThat(ring.more().toCompletableFuture()).isDone();
    }

    /** A reader that is quick enough sees each event once and in order, however it and the writer take turns. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void readerThatKeepsUpMissesNothing(long seed) {
        var random = new Random(seed);
        var ring = new EventRing(16, 0);
        var written = new ArrayList<Long>();
        var read = new ArrayList<Long>();
        long next = 1;
        long place = 0;
        for (int turn = 0; turn < 1000; turn++) {
            for (int i = random.nextInt(8); i > 0; i--) {
                next += random.nextInt(3);
                ring.add(frames(next));
                written.add(next++);
            }
            while (place < next - 1) {
                var events = ring.after(place, 1 + random.nextInt(5));
                assertThat(events).as("seed %d", seed).isNotNull();
                if (events.isEmpty()) {
                    break;
                }
                events.forEach(event -> read.add(event.id()));
                place = read.get(read.size() - 1);
            }
        }

        assertThat(read).as("seed %d", seed).isEqualTo(written);
    }

    private static @Nullable String ids(@Nullable List<EventFrame> frames) {
        return frames == null
                ? null
                : String.join(
                        " ",
                        frames.stream().map(frame -> Long.toString(frame.id())).toList());
    }

    private static List<EventFrame> frames(long... ids) {
        var frames = new ArrayList<EventFrame>();
        for (long id : ids) {
            frames.add(new EventFrame(id, "dock-1", "job-submitted", ByteString.fromString("{}")));
        }
        return frames;
    }
}
