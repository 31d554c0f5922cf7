package io.platen.api;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import io.platen.api.server.ServerSettings;
import io.platen.api.wire.Json;
import io.platen.api.wire.ProfileReader;
import io.platen.persistence.akka.AkkaSerialization;
import io.platen.persistence.akka.Journal;
import io.platen.persistence.document.StoredDocument;
import io.platen.persistence.journal.EventRecord;
import io.platen.persistence.journal.StoredEvent;
import io.platen.persistence.snapshot.SnapshotFiles;
import io.platen.persistence.snapshot.SnapshotRecord;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Rung;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.queue.PrinterStreams;
import io.platen.spooler.snapshot.QueueSnapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a server with 1,000,000 events in 1,000 streams takes until it is ready. Run on demand. */
final class RecoveryBench {
    private static final int PRINTERS = 1_000;
    private static final int JOBS_EACH = 333;
    private static final int EVENTS_EACH = 1 + 3 * JOBS_EACH;
    private static final int SNAPSHOT_AT_EVENT = 1 + 3 * 300;
    private static final int FINISHED_KEPT = 10_000;
    private final Instant start = Instant.now().minusSeconds(3_600);

    @TempDir
    Path data;

    @Test
    void millionEvents() throws Exception {
        // Where the launcher has something to build, it does so now.
        ServerProcess.launch(data.resolve("none"), "").close();
        Path full = data.resolve("full");
        long events = write(full);
        for (String heap : List.of("-Xmx512m", "-Xmx2g")) {
            long begun = System.nanoTime();
            try (ServerProcess server = ServerProcess.launch(full, heap)) {
                double seconds = (System.nanoTime() - begun) / 1e9;
                int printers = server.http()
                        .get("/v1/printers")
                        .json()
                        .path("printers")
                        .size();
                assertThat(printers).isEqualTo(PRINTERS);
                System.out.printf(
                        "%,d events in %,d streams, a snapshot each, %s: ready after %.1f s%n",
                        events, PRINTERS, heap, seconds);
                assertThat(server.http().submit("p0", new byte[10], "?hold=true"))
                        .isGreaterThan(JOBS_EACH);
            }
        }
    }

    private long write(Path directory) throws Exception {
        var settings = ServerSettings.read(new ServerSettings.Overrides(null, null, directory, null, false));
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.empty(),
                "write",
                ConfigFactory.parseString("akka.loglevel = WARNING").withFallback(settings.config()));
        var journal = Journal.get(system).store();
        var serialization = new AkkaSerialization(system);
        var snapshots = SnapshotFiles.of(system);
        try {
            for (int printer = 0; printer < PRINTERS; printer++) {
                var id = new PrinterId("p" + printer);
                QueueState state = QueueState.empty(FINISHED_KEPT);
                PrinterEvent event = event(id, 1);
                for (int sequence = 1; sequence <= SNAPSHOT_AT_EVENT; sequence++) {
                    event = event(id, sequence);
                    state = state.after(event);
                }
                snapshots.write(new SnapshotRecord(
                        PrinterStreams.of(id).id(),
                        state.events(),
                        event.at().toEpochMilli(),
                        serialization.serialize(QueueSnapshot.of(state)),
                        null));
            }
            // Each printer's events lie among those of all others, as when all print at once.
            for (int sequence = 1; sequence <= EVENTS_EACH; sequence++) {
                var stored = new ArrayList<StoredEvent>(PRINTERS);
                for (int printer = 0; printer < PRINTERS; printer++) {
                    var id = new PrinterId("p" + printer);
                    PrinterEvent event = event(id, sequence);
                    stored.add(new StoredEvent(
                            PrinterStreams.of(id).id(),
                            sequence,
                            new EventRecord(
                                    0,
                                    event.at().toEpochMilli(),
                                    "bench",
                                    "",
                                    List.of(),
                                    serialization.serialize(event),
                                    null)));
                }
                journal.append(stored).toCompletableFuture().join();
            }
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
            journal.close();
        }
        return (long) EVENTS_EACH * PRINTERS;
    }

    /** A printer's events: its settings, then three for each job. */
    private PrinterEvent event(PrinterId id, int sequence) throws Exception {
        if (sequence == 1) {
            var profile = ProfileReader.read(id, Json.parse("{\"uri\":\"socket://127.0.0.1:9\",\"language\":\"zpl\"}"));
            return new PrinterEvent.PrinterConfigured(profile, start, null);
        }
        int job = (sequence - 2) / 3 + 1;
        Instant at = start.plusMillis(job * 10L);
        return switch ((sequence - 2) % 3) {
            case 0 -> {
                var document = new StoredDocument("6b015b2b-%08x".formatted(job * 1100), 1024, "%064x".formatted(job));
                var ticket = new JobTicket(
                        "label-" + job,
                        document,
                        "application/octet-stream",
                        1,
                        50,
                        "key-" + job,
                        null,
                        null,
                        null,
                        null,
                        null);
                yield new PrinterEvent.JobSubmitted(job, ticket, false, at, null);
            }
            case 1 -> new PrinterEvent.AttemptStarted(job, 1, at.plusMillis(1));
            default ->
                new PrinterEvent.AttemptDelivered(
                        job, 1, Rung.ACKNOWLEDGED, new ByteCounts(1024, 1024L, 1024), null, null, at.plusMillis(5));
        };
    }
}
