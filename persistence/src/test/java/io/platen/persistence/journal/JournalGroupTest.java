package io.platen.persistence.journal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.persistence.journal.JournalGroup.NewEvent;
import io.platen.persistence.journal.JournalStore.StreamInfo;
import io.platen.persistence.leveldb.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that share a sync: ordinals without gaps, sequence numbers that rise, all of a write or none of it. */
final class JournalGroupTest {
    private static final String DOCK = "printer|dock-1";
    private static final String OTHER = "printer|other";

    @TempDir
    private Path directory;

    private final Streams streams = new Streams();
    private Database database;

    @BeforeEach
    void open() throws IOException {
        database = Database.open(directory, 64 * 1024);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void eventsHaveOrdinalsInTheOrderInWhichTheyCome() throws IOException {
        JournalGroup group = group(41);

        group.append(List.of(event(DOCK, 1), event(DOCK, 2)));
        group.append(List.of(event(OTHER, 1)));
        write(group);

        EventBlock block = EventBlock.of(
                new Database.Entry(JournalTable.blockKey(42), requireNonNull(database.get(JournalTable.blockKey(42)))));
        for (long ordinal = 42; ordinal <= 44; ordinal++) {
            assertThat(block.next()).isTrue();
            assertThat(block.ordinal()).isEqualTo(ordinal);
        }
        assertThat(block.next()).isFalse();
        assertThat(group.last()).isEqualTo(44);
        assertThat(durableHighest(DOCK)).isEqualTo(2);
        assertThat(durableHighest(OTHER)).isEqualTo(1);
    }

    @Test
    void sequenceNumberThatIsTakenIsRefused() throws IOException {
        write(appended(group(0), event(DOCK, 1), event(DOCK, 2)));
        JournalGroup next = group(2);

        assertThatThrownBy(() -> next.append(List.of(event(DOCK, 2))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(DOCK);
        next.append(List.of(event(DOCK, 3)));
        assertThatThrownBy(() -> next.append(List.of(event(DOCK, 3)))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void writeOfSeveralEventsIsTakenAsAWholeOrNotAtAll() throws IOException {
        JournalGroup group = group(0);

        assertThatThrownBy(() -> group.append(List.of(event(DOCK, 1), event(OTHER, 1), event(DOCK, 1))))
                .isInstanceOf(IllegalStateException.class);

        assertThat(group.highest(DOCK)).isZero();
        assertThat(group.highest(OTHER)).isZero();
        assertThat(group.last()).isZero();
    }

    @Test
    void groupThatWasNotWrittenLeavesNoTrace() throws IOException {
        write(appended(group(0), event(DOCK, 1)));
        JournalGroup failed = appended(group(1), event(DOCK, 2), event(OTHER, 1));
        assertThat(failed.highest(DOCK)).isEqualTo(2);

        failed.refused();

        JournalGroup next = group(1);
        assertThat(next.highest(DOCK)).isEqualTo(1);
        assertThat(next.highest(OTHER)).isZero();
        next.append(List.of(event(DOCK, 2)));
        assertThat(next.last()).isEqualTo(2);
    }

    @Test
    void deletedEventsKeepTheirNumbersTaken() throws IOException {
        write(appended(group(0), event(DOCK, 1), event(DOCK, 2), event(DOCK, 3)));
        JournalGroup group = group(3);

        group.deleteTo(DOCK, 99);
        group.deleteTo(OTHER, 1);
        write(group);

        assertThat(requireNonNull(streams.find(DOCK)).durable().deletedTo()).isEqualTo(3);
        assertThatThrownBy(() -> group(3).append(List.of(event(DOCK, 3)))).isInstanceOf(IllegalStateException.class);
        assertThat(streams.find(OTHER)).isNull();
    }

    /** A copy of another journal has that one's ordinals, with gaps where events were deleted there. */
    @Test
    void givenOrdinalsMustRise() throws IOException {
        JournalGroup group = group(10);

        group.append(List.of(new NewEvent(DOCK, 1, 20, new byte[] {1})));
        assertThat(group.last()).isEqualTo(20);
        assertThatThrownBy(() -> group.append(List.of(new NewEvent(DOCK, 2, 20, new byte[] {1}))))
                .isInstanceOf(IllegalArgumentException.class);
        group.skipTo(15);
        assertThat(group.last()).isEqualTo(20);
        group.skipTo(30);
        group.append(List.of(event(DOCK, 2)));
        assertThat(group.last()).isEqualTo(31);
    }

    @Test
    void streamIsAdoptedOnceWithWhatWasDeletedOfIt() throws IOException {
        JournalGroup group = group(0);

        group.adopt(new StreamInfo(DOCK, 7, 9));

        assertThat(group.highest(DOCK)).isEqualTo(7);
        assertThatThrownBy(() -> group.adopt(new StreamInfo(DOCK, 0, 0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> group.append(List.of(event(DOCK, 7)))).isInstanceOf(IllegalStateException.class);
    }

    private JournalGroup group(long lastOrdinal) throws IOException {
        return new JournalGroup(database.begin(), streams, lastOrdinal, streams.nextNumber());
    }

    private static JournalGroup appended(JournalGroup group, NewEvent... events) {
        group.append(List.of(events));
        return group;
    }

    private void write(JournalGroup group) throws IOException {
        database.write(group.complete());
        group.committed();
    }

    private long durableHighest(String persistenceId) {
        return requireNonNull(streams.find(persistenceId)).durable().highest();
    }

    private static NewEvent event(String persistenceId, long sequence) {
        return new NewEvent(persistenceId, sequence, 0, new byte[] {1, 2});
    }
}
