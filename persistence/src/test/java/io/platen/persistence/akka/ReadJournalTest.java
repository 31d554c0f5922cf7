package io.platen.persistence.akka;

import static io.platen.persistence.journal.TestJournals.append;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.Offset;
import akka.persistence.query.PersistenceQuery;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import io.platen.persistence.JournalPlugins;
import io.platen.persistence.journal.EventRecord;
import io.platen.persistence.journal.JournalStore;
import io.platen.persistence.journal.StoredEvent;
import io.platen.persistence.journal.TestJournals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadJournalTest {
    private static final int ALL_SLICES = 1023;

    @TempDir
    Path directory;

    private ActorTestKit kit;
    private JournalStore store;
    private LeveldbReadJournal journal;

    @BeforeEach
    void start() {
        kit = TestJournals.start(directory, "");
        store = Journal.get(kit.system()).store();
        journal = PersistenceQuery.get(kit.system())
                .getReadJournalFor(LeveldbReadJournal.class, JournalPlugins.READ_JOURNAL);
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    /** A string, as Akka's own serializer stores it. */
    private static StoredEvent event(String id, long sequence) {
        StoredEvent plain = TestJournals.event(id, sequence, id + "/" + sequence);
        EventRecord record = plain.event();
        return new StoredEvent(
                id,
                sequence,
                new EventRecord(
                        0,
                        record.at(),
                        record.writer(),
                        "",
                        List.of("tag"),
                        new EventRecord.Serialized(20, "", record.content().bytes()),
                        null));
    }

    private void write(String id, int from, int to) {
        append(
                store,
                IntStream.rangeClosed(from, to).mapToObj(n -> event(id, n)).toArray(StoredEvent[]::new));
    }

    private <T> List<T> run(Source<T, ?> source) throws Exception {
        return source.runWith(Sink.seq(), kit.system()).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void readsAStreamInPieces() throws Exception {
        write("printer|a", 1, 1501);
        write("printer|b", 1, 3);

        assertThat(run(journal.currentEventsByPersistenceId("printer|a", 1, Long.MAX_VALUE)))
                .extracting(EventEnvelope::sequenceNr)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 1501).boxed().toList());
        assertThat(run(journal.currentEventsByPersistenceId("printer|a", 1500, 1500)))
                .extracting(EventEnvelope::event)
                .containsExactly("printer|a/1500");
        assertThat(run(journal.currentEventsByPersistenceId("nobody", 1, 9))).isEmpty();
        assertThat(run(journal.currentPersistenceIds())).containsExactly("printer|a", "printer|b");
    }

    @Test
    void everySliceSeesItsEventsOnceAndResumesBehindAnyOffset() throws Exception {
        for (int printer = 0; printer < 20; printer++) {
            write("printer|p" + printer, 1, 10);
        }
        write("other|x", 1, 5);
        var seen = new ArrayList<Long>();
        for (var range : journal.sliceRanges(4)) {
            run(journal.<String>currentEventsBySlices("printer", range.first(), range.second(), Offset.noOffset()))
                    .forEach(envelope -> seen.add(((akka.persistence.query.Sequence) envelope.offset()).value()));
        }
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 200).boxed().toList());

        var behind = run(journal.<String>currentEventsBySlices("printer", 0, ALL_SLICES, Offset.sequence(195)));
        assertThat(behind)
                .extracting(envelope -> envelope.event())
                .containsExactly("printer|p19/6", "printer|p19/7", "printer|p19/8", "printer|p19/9", "printer|p19/10");
        assertThat(behind.get(0).getTags()).containsExactly("tag");
        assertThat(behind.get(0).entityType()).isEqualTo("printer");
        assertThat(behind.get(0).slice()).isEqualTo(journal.sliceForPersistenceId("printer|p19"));
    }

    @Test
    void slicesGoOnLive() throws Exception {
        write("printer|a", 1, 3);
        var live = journal.<String>eventsBySlices("printer", 0, ALL_SLICES, Offset.sequence(2))
                .map(envelope -> envelope.event())
                .take(2003)
                .runWith(Sink.seq(), kit.system())
                .toCompletableFuture();
        for (int sequence = 1; sequence <= 1000; sequence++) {
            write("printer|b", sequence * 2 - 1, sequence * 2);
        }
        write("printer|c", 1, 2);

        var expected = new ArrayList<String>();
        expected.add("printer|a/3");
        IntStream.rangeClosed(1, 2000).forEach(n -> expected.add("printer|b/" + n));
        expected.addAll(List.of("printer|c/1", "printer|c/2"));
        assertThat(live.get(20, TimeUnit.SECONDS)).containsExactlyElementsOf(expected);
    }

    @Test
    void leavesOutWhatWasDeleted() throws Exception {
        write("printer|a", 1, 10);
        write("printer|b", 1, 2);
        store.deleteTo("printer|a", 9);
        store.compact();

        assertThat(run(journal.<String>currentEventsBySlices("printer", 0, ALL_SLICES, Offset.noOffset())))
                .extracting(envelope -> envelope.event())
                .containsExactly("printer|a/10", "printer|b/1", "printer|b/2");
    }
}
