package io.platen.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.javadsl.Adapter;
import akka.persistence.AtomicWrite;
import akka.persistence.DeleteMessagesSuccess;
import akka.persistence.JournalProtocol;
import akka.persistence.Persistence;
import akka.persistence.PersistentEnvelope;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.Tagged;
import akka.testkit.TestProbe;
import com.typesafe.config.ConfigFactory;
import io.platen.persistence.JournalPlugins;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** What Akka asks of a journal: the points of its own compatibility kit, on a real database. */
final class JournalContractTest {
    private static final String WRITER = "writer-1";

    @TempDir
    Path directory;

    private ActorTestKit kit;
    private ActorRef journal;
    private TestProbe probe;

    @BeforeEach
    void start() {
        kit = TestJournals.start(directory, "");
        var system = Adapter.toClassic(kit.system());
        journal = Persistence.get(system).journalFor(JournalPlugins.JOURNAL, ConfigFactory.empty());
        probe = new TestProbe(system);
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void replaysAllFromToAndUpToANumber() {
        writeFive("p");

        assertThat(replay("p", 1, Long.MAX_VALUE, Long.MAX_VALUE)).containsExactly("e-1", "e-2", "e-3", "e-4", "e-5");
        assertThat(replay("p", 3, Long.MAX_VALUE, Long.MAX_VALUE)).containsExactly("e-3", "e-4", "e-5");
        assertThat(replay("p", 1, 3, Long.MAX_VALUE)).containsExactly("e-1", "e-2", "e-3");
        assertThat(replay("p", 2, 4, 2)).containsExactly("e-2", "e-3");
        assertThat(replay("p", 2, 2, Long.MAX_VALUE)).containsExactly("e-2");
        assertThat(replay("p", 2, 2, 0)).isEmpty();
        assertThat(replay("p", 3, 2, Long.MAX_VALUE)).isEmpty();
        assertThat(replay("p", 4, 1000, Long.MAX_VALUE)).containsExactly("e-4", "e-5");
        assertThat(replay("nobody", 1, Long.MAX_VALUE, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void deletesUpToASequenceNumberAndKeepsTheHighest() {
        writeFive("p");

        delete("p", 3);
        assertThat(replay("p", 1, Long.MAX_VALUE, Long.MAX_VALUE)).containsExactly("e-4", "e-5");
        delete("p", Long.MAX_VALUE);

        assertThat(replay("p", 1, Long.MAX_VALUE, Long.MAX_VALUE)).isEmpty();
        assertThat(highest("p")).isEqualTo(5);
        restart();
        assertThat(highest("p")).isEqualTo(5);
        write("p", 6, "e-6");
        assertThat(replay("p", 1, Long.MAX_VALUE, Long.MAX_VALUE)).containsExactly("e-6");
    }

    @Test
    void tellsTheHighestSequenceNumber() {
        assertThat(highest("p")).isZero();
        writeFive("p");
        assertThat(highest("p")).isEqualTo(5);
        restart();
        assertThat(highest("p")).isEqualTo(5);
    }

    @Test
    void rejectsWhatCannotBeSerializedAndStoresTheRest() {
        write("p", 1, "e-1");
        var writes = List.of(atomic("p", 2, "e-2"), atomic("p", 3, new Object()), atomic("p", 4, "e-4"));

        tell(new JournalProtocol.WriteMessages(seq(writes), probe.ref(), 1));

        probe.expectMsg(JournalProtocol.WriteMessagesSuccessful$.MODULE$);
        assertThat(probe.expectMsgClass(JournalProtocol.WriteMessageSuccess.class)
                        .persistent()
                        .sequenceNr())
                .isEqualTo(2);
        assertThat(probe.expectMsgClass(JournalProtocol.WriteMessageRejected.class)
                        .message()
                        .sequenceNr())
                .isEqualTo(3);
        assertThat(probe.expectMsgClass(JournalProtocol.WriteMessageSuccess.class)
                        .persistent()
                        .sequenceNr())
                .isEqualTo(4);
        assertThat(replay("p", 1, Long.MAX_VALUE, Long.MAX_VALUE)).containsExactly("e-1", "e-2", "e-4");
    }

    @Test
    void storesNothingOfAnAtomicWriteThatIsRejected() {
        var events = List.of(repr("p", 1, "e-1"), repr("p", 2, new Object()));
        var write = new AtomicWrite(CollectionConverters.asScala(events).toList());

        tell(new JournalProtocol.WriteMessages(seq(List.of(write)), probe.ref(), 1));

        probe.expectMsg(JournalProtocol.WriteMessagesSuccessful$.MODULE$);
        probe.expectMsgClass(JournalProtocol.WriteMessageRejected.class);
        probe.expectMsgClass(JournalProtocol.WriteMessageRejected.class);
        assertThat(highest("p")).isZero();
    }

    @Test
    void keepsMetadataManifestTimeAndWriter() {
        var event = PersistentRepr.apply("e-1", 1, "p", "adapted", false, ActorRef.noSender(), WRITER)
                .withTimestamp(1234)
                .withMetadata("more");
        tell(new JournalProtocol.WriteMessages(seq(List.of(AtomicWrite.apply(event))), probe.ref(), 1));
        probe.expectMsg(JournalProtocol.WriteMessagesSuccessful$.MODULE$);
        probe.expectMsgClass(JournalProtocol.WriteMessageSuccess.class);
        restart();

        var read = replayed("p", 1, Long.MAX_VALUE, Long.MAX_VALUE).get(0);

        assertThat(read.payload()).isEqualTo("e-1");
        assertThat(read.manifest()).isEqualTo("adapted");
        assertThat(read.timestamp()).isEqualTo(1234);
        assertThat(read.writerUuid()).isEqualTo(WRITER);
        assertThat(read.metadata()).isEqualTo(Option.apply("more"));
    }

    @Test
    void takesTagsOffTheEvent() {
        write("p", 1, new Tagged("e-1", Set.of("red")));

        assertThat(replay("p", 1, 1, 1)).containsExactly("e-1");
    }

    @Test
    void refusesASecondWriterOfTheSameStream() {
        writeFive("p");

        tell(new JournalProtocol.WriteMessages(seq(List.of(atomic("p", 5, "other"))), probe.ref(), 1));

        var failed = probe.expectMsgClass(JournalProtocol.WriteMessagesFailed.class);
        assertThat(failed.cause()).hasMessageContaining("Event 5 of p cannot be written");
        probe.expectMsgClass(JournalProtocol.WriteMessageFailure.class);
        assertThat(replay("p", 5, 5, 1)).containsExactly("e-5");
    }

    private void writeFive(String id) {
        LongStream.rangeClosed(1, 5).forEach(number -> write(id, number, "e-" + number));
    }

    private void write(String id, long sequence, Object event) {
        tell(new JournalProtocol.WriteMessages(seq(List.of(atomic(id, sequence, event))), probe.ref(), 1));
        probe.expectMsg(JournalProtocol.WriteMessagesSuccessful$.MODULE$);
        probe.expectMsgClass(JournalProtocol.WriteMessageSuccess.class);
    }

    private static AtomicWrite atomic(String id, long sequence, Object event) {
        return AtomicWrite.apply(repr(id, sequence, event));
    }

    private static PersistentRepr repr(String id, long sequence, Object event) {
        return PersistentRepr.apply(event, sequence, id, "", false, ActorRef.noSender(), WRITER);
    }

    private static scala.collection.immutable.Seq<PersistentEnvelope> seq(List<AtomicWrite> writes) {
        return CollectionConverters.<PersistentEnvelope>asScala(new ArrayList<>(writes))
                .toList();
    }

    private void delete(String id, long to) {
        tell(new JournalProtocol.DeleteMessagesTo(id, to, probe.ref()));
        probe.expectMsgClass(DeleteMessagesSuccess.class);
    }

    private long highest(String id) {
        tell(new JournalProtocol.ReplayMessages(1, 0, 0, id, probe.ref()));
        return probe.expectMsgClass(JournalProtocol.RecoverySuccess.class).highestSequenceNr();
    }

    private List<Object> replay(String id, long from, long to, long most) {
        return replayed(id, from, to, most).stream()
                .map(PersistentRepr::payload)
                .toList();
    }

    private List<PersistentRepr> replayed(String id, long from, long to, long most) {
        tell(new JournalProtocol.ReplayMessages(from, to, most, id, probe.ref()));
        var events = new ArrayList<PersistentRepr>();
        Object next = probe.expectMsgClass(Object.class);
        while (next instanceof JournalProtocol.ReplayedMessage replayed) {
            events.add(replayed.persistent());
            next = probe.expectMsgClass(Object.class);
        }
        assertThat(next).isInstanceOf(JournalProtocol.RecoverySuccess.class);
        return events;
    }

    private void tell(Object message) {
        journal.tell(message, probe.ref());
    }

    private void restart() {
        stop();
        start();
    }
}
