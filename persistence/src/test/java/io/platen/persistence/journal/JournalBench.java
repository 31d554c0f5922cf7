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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** How fast the journal takes events in, beside Akka's built-in plugin and bare LevelDB. Run on demand. */
final class JournalBench {
    private static final int EVENT_BYTES = 300;
    private static final int MANY = 1_000;
    private static final int ROUNDS = 3;
    private static final long ROUND_MILLIS = 5_000;
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
            measure(system, OURS, MANY);
            measure(system, BUILT_IN, MANY);
            var metrics = Journal.get(Adapter.toTyped(system)).store().writer().metrics();
            for (int round = 0; round < ROUNDS; round++) {
                builtIn[round] = measure(system, BUILT_IN, MANY);
                long groups = metrics.groupSize().count();
                long writes = metrics.groupSize().sum();
                ours[round] = measure(system, OURS, MANY);
                groupSize = (int) ((metrics.groupSize().sum() - writes)
                        / (metrics.groupSize().count() - groups));
                bare[round] = bare(directory.resolve("bare-" + round), groupSize);
                bareBlocks[round] = bareBlocks(directory.resolve("blocks-" + round), groupSize);
                builtInAlone[round] = measure(system, BUILT_IN, 1);
                oursAlone[round] = measure(system, OURS, 1);
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
        System.out.printf("ratio to built-in, %,d writers: %.1f%n", MANY, median(ours) / median(builtIn));
        System.out.printf("ratio to built-in, 1 writer:      %.2f%n", median(oursAlone) / median(builtInAlone));
        System.out.printf("share of bare LevelDB:            %.2f%n", median(ours) / median(bare));
        System.out.printf("share of it with blocks:          %.2f%n", median(ours) / median(bareBlocks));
        assertThat(median(ours)).isPositive();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Writers with one write under way each, as persistent actors have. */
    private static double measure(ActorSystem system, String plugin, int writers) throws InterruptedException {
        ActorRef journal = Persistence.get(system).journalFor(plugin, ConfigFactory.empty());
        var written = new LongAdder();
        var stopped = new CountDownLatch(writers);
        String round = "bench-" + System.nanoTime();
        var refs = new ActorRef[writers];
        for (int i = 0; i < writers; i++) {
            refs[i] = system.actorOf(Props.create(
                    Writer.class,
                    () -> new Writer(journal, round + "-" + Integer.toHexString(refs.length), written, stopped)));
        }
        for (ActorRef ref : refs) {
            ref.tell("go", ActorRef.noSender());
        }
        TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS / 5);
        long start = System.nanoTime();
        long before = written.sum();
        TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
        double perSecond = (written.sum() - before) * 1e9 / (System.nanoTime() - start);
        for (ActorRef ref : refs) {
            ref.tell("stop", ActorRef.noSender());
        }
        assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
        return perSecond;
    }

    private static final class Writer extends AbstractActor {
        private final ActorRef journal;
        private final LongAdder written;
        private final CountDownLatch stopped;
        private final String id;
        private final byte[] event = new byte[EVENT_BYTES];
        private long sequence;
        private boolean stopping;

        Writer(ActorRef journal, String id, LongAdder written, CountDownLatch stopped) {
            this.journal = journal;
            this.id = id + self().path().name();
            this.written = written;
            this.stopped = stopped;
            new Random(1).nextBytes(event);
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(JournalProtocol.WriteMessageSuccess.class, success -> next())
                    .matchEquals("go", go -> next())
                    .matchEquals("stop", stop -> stopping = true)
                    .matchAny(other -> {})
                    .build();
        }

        private void next() {
            if (stopping) {
                stopped.countDown();
                context().stop(self());
                return;
            }
            if (sequence > 0) {
                written.increment();
            }
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
            while (System.nanoTime() - start < ROUND_MILLIS * 1_000_000) {
                try (var group = database.begin()) {
                    for (int i = 0; i < groupSize; i++) {
                        group.put(key(i % MANY, start + events / MANY), value);
                        events++;
                    }
                    group.put(key(MANY, start + events), index);
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
            while (System.nanoTime() - start < ROUND_MILLIS * 1_000_000) {
                try (var group = database.begin()) {
                    var block = new EventBlock.Builder(events + 1);
                    for (int i = 0; i < groupSize; i++) {
                        events++;
                        if (block.isFull()) {
                            group.put(block.build());
                            block = new EventBlock.Builder(events);
                        }
                        block.add(events, i % MANY, events / MANY, record);
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
