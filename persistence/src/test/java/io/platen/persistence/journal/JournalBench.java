package io.platen.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.AbstractActor;
import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.Props;
import akka.actor.typed.javadsl.Adapter;
import akka.persistence.AtomicWrite;
import akka.persistence.JournalProtocol;
import akka.persistence.Persistence;
import akka.persistence.PersistentEnvelope;
import akka.persistence.PersistentRepr;
import com.typesafe.config.ConfigFactory;
import io.platen.persistence.JournalPlugins;
import io.platen.persistence.akka.Journal;
import io.platen.persistence.leveldb.Database;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** How fast the journal takes events in, beside Akka's built-in plugin and bare LevelDB. Run on demand. */
final class JournalBench {
    private static final int EVENT_BYTES = 300;
    private static final int MANY = 1_000;
    private static final int ROUNDS = 9;

    /** What each writes in a round: short ones, in turn, so that a machine that is slow for a while is slow for all. */
    private static final int OURS_MANY = 300_000;

    private static final int BUILT_IN_MANY = 30_000;
    private static final int BARE = 500_000;
    private static final int ALONE = 10_000;

    private static final String OURS = JournalPlugins.JOURNAL;
    private static final String BUILT_IN = "akka.persistence.journal.leveldb";

    @TempDir
    Path directory;

    @Test
    void eventsPerSecond() throws Exception {
        ActorSystem system = ActorSystem.create("bench", ConfigFactory.load(ConfigFactory.parseString("""
                        platen.data-dir = "%s"
                        akka.loglevel = WARNING
                        akka.persistence.journal.leveldb { dir = "%s", native = on, fsync = on }
                        akka.actor.default-dispatcher.fork-join-executor { parallelism-min = 2, parallelism-factor = 1.0 }
                        """.formatted(
                        directory, directory.resolve("built-in")))));
        var ours = new double[ROUNDS];
        var builtIn = new double[ROUNDS];
        var bare = new double[ROUNDS];
        var bareBlocks = new double[ROUNDS];
        var oursAlone = new double[ROUNDS];
        var builtInAlone = new double[ROUNDS];
        int groupSize = 1;
        try {
            measure(system, OURS, MANY, OURS_MANY);
            measure(system, BUILT_IN, MANY, BUILT_IN_MANY);
            var metrics = Journal.get(Adapter.toTyped(system)).store().writer().metrics();
            for (int round = 0; round < ROUNDS; round++) {
                builtIn[round] = measure(system, BUILT_IN, MANY, BUILT_IN_MANY);
                long groups = metrics.groupSize().count();
                long writes = metrics.groupSize().sum();
                ours[round] = measure(system, OURS, MANY, OURS_MANY);
                groupSize = (int) ((metrics.groupSize().sum() - writes)
                        / (metrics.groupSize().count() - groups));
                bare[round] = bare(directory.resolve("bare-" + round), groupSize);
                bareBlocks[round] = bareBlocks(directory.resolve("blocks-" + round), groupSize);
                builtInAlone[round] = measure(system, BUILT_IN, 1, ALONE);
                oursAlone[round] = measure(system, OURS, 1, ALONE);
            }
            System.out.printf(
                    "groups of %d on average; sync %,d us (half of them), %,d us (99%%)%n",
                    groupSize,
                    metrics.commitNanos().quantile(0.5) / 1000,
                    metrics.commitNanos().quantile(0.99) / 1000);
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
        System.out.printf("%,d writers, built-in plugin   %,9.0f events/s%n", MANY, median(builtIn));
        System.out.printf("%,d writers, this journal      %,9.0f events/s%n", MANY, median(ours));
        System.out.printf("bare LevelDB, groups of %-6d %,9.0f events/s%n", groupSize, median(bare));
        System.out.printf("bare LevelDB, the same blocks   %,9.0f events/s%n", median(bareBlocks));
        System.out.printf("1 writer, built-in plugin       %,9.0f events/s%n", median(builtInAlone));
        System.out.printf("1 writer, this journal          %,9.0f events/s%n", median(oursAlone));
        System.out.printf("ratio to built-in, %,d writers: %.1f%n", MANY, ratio(ours, builtIn));
        System.out.printf("ratio to built-in, 1 writer:      %.2f%n", ratio(oursAlone, builtInAlone));
        System.out.printf("share of bare LevelDB:            %.2f%n", ratio(ours, bare));
        System.out.printf("share of it with blocks:          %.2f%n", ratio(ours, bareBlocks));
        assertThat(median(ours)).isPositive();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Of each round, what followed one on the other; the median of these. */
    private static double ratio(double[] of, double[] to) {
        var ratios = new double[of.length];
        Arrays.setAll(ratios, round -> of[round] / to[round]);
        return median(ratios);
    }

    /** How many a second, by writers with one write under way each, as persistent actors have. */
    private static double measure(ActorSystem system, String plugin, int writers, int events)
            throws InterruptedException {
        ActorRef journal = Persistence.get(system).journalFor(plugin, ConfigFactory.empty());
        var round = new Round(events / 5, events, writers);
        String id = "bench-" + System.nanoTime() + "-";
        for (int i = 0; i < writers; i++) {
            system.actorOf(Props.create(Writer.class, () -> new Writer(journal, id, round)))
                    .tell("go", ActorRef.noSender());
        }
        assertThat(round.stopped.await(5, TimeUnit.MINUTES)).isTrue();
        return round.perSecond();
    }

    /** What the writers of a round write together: some to become warm, then what is measured. */
    private static final class Round {
        final CountDownLatch stopped;
        private final int warm;
        private final int events;
        private final AtomicInteger written = new AtomicInteger();
        private volatile long start;
        private volatile long end;

        Round(int warm, int events, int writers) {
            this.warm = warm;
            this.events = events;
            this.stopped = new CountDownLatch(writers);
        }

        /** Counts one that was written; whether there is more to write. */
        boolean count() {
            int now = written.incrementAndGet();
            if (now == warm) {
                start = System.nanoTime();
            } else if (now == warm + events) {
                end = System.nanoTime();
            }
            return now < warm + events;
        }

        double perSecond() {
            return events * 1e9 / (end - start);
        }
    }

    private static final class Writer extends AbstractActor {
        private final ActorRef journal;
        private final Round round;
        private final String id;
        private final byte[] event = new byte[EVENT_BYTES];
        private long sequence;

        Writer(ActorRef journal, String id, Round round) {
            this.journal = journal;
            this.id = id + self().path().name();
            this.round = round;
            new Random(1).nextBytes(event);
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(JournalProtocol.WriteMessageSuccess.class, success -> written())
                    .matchEquals("go", go -> write())
                    .matchAny(other -> {})
                    .build();
        }

        private void written() {
            if (round.count()) {
                write();
            } else {
                round.stopped.countDown();
                context().stop(self());
            }
        }

        private void write() {
            sequence++;
            var repr = PersistentRepr.apply(event, sequence, id, "", false, ActorRef.noSender(), "writer");
            journal.tell(
                    new JournalProtocol.WriteMessages(
                            CollectionConverters.<PersistentEnvelope>asScala(List.of(AtomicWrite.apply(repr)))
                                    .toList(),
                            self(),
                            1),
                    self());
        }
    }

    /** What LevelDB alone does with the same events in the same groups, an entry for each. */
    private static double bare(Path directory, int groupSize) throws IOException {
        byte[] value = record();
        var index = new byte[groupSize * 12];
        try (Database database = Database.open(directory, 8 * 1024 * 1024)) {
            long start = System.nanoTime();
            long events = 0;
            while (events < BARE) {
                try (var group = database.begin()) {
                    for (int i = 0; i < groupSize; i++) {
                        group.put(key((int) (events % MANY), events / MANY), value);
                        events++;
                    }
                    group.put(key(MANY, events), index);
                    database.write(group);
                }
            }
            return events * 1e9 / (System.nanoTime() - start);
        }
    }

    private static byte[] key(int stream, long sequence) {
        return ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(stream)
                .putLong(sequence)
                .array();
    }

    /** What LevelDB alone does with the same blocks in the same groups. */
    private static double bareBlocks(Path directory, int groupSize) throws IOException {
        byte[] record = record();
        try (Database database = Database.open(directory, 8 * 1024 * 1024)) {
            long start = System.nanoTime();
            long events = 0;
            while (events < BARE) {
                try (var group = database.begin()) {
                    var block = new EventBlock.Builder(events + 1);
                    for (int i = 0; i < groupSize; i++) {
                        events++;
                        if (block.isFull()) {
                            group.put(block.build());
                            block = new EventBlock.Builder(events);
                        }
                        block.add(events, (int) (events % MANY), events / MANY, record);
                    }
                    group.put(block.build());
                    database.write(group);
                }
            }
            return events * 1e9 / (System.nanoTime() - start);
        }
    }

    private static byte[] record() {
        var content = new byte[EVENT_BYTES];
        new Random(1).nextBytes(content);
        return new EventRecord(1, 1, "writer", "", List.of(), new EventRecord.Serialized(4, "", content), null)
                .encode();
    }
}
