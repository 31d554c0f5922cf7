package io.platen.api;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import io.platen.api.wire.Json;
import io.platen.api.wire.ProfileReader;
import io.platen.persistence.document.StoredDocument;
import io.platen.persistence.journal.AkkaSerialization;
import io.platen.persistence.journal.EventRecord;
import io.platen.persistence.journal.Journal;
import io.platen.persistence.journal.StoredEvent;
import io.platen.persistence.snapshot.SnapshotFiles;
import io.platen.persistence.snapshot.SnapshotRecord;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Rung;
import io.platen.spooler.PrinterStreams;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueSnapshot;
import io.platen.spooler.job.QueueState;
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
    private static final int SNAPSHOT_AT_JOB = 300;
    private static final int FINISHED_KEPT = 10_000;
    private final Instant start = Instant.now().minusSeconds(3_600);

    @TempDir
    Path data;

    @Test
    void millionEvents() throws Exception {
        long events = write();
        for (String heap : List.of("-Xmx512m", "-Xmx2g")) {
            long begun = System.nanoTime();
            try (ServerProcess server = ServerProcess.launch(data, heap)) {
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

    private long write() throws Exception {
        var settings = ServerSettings.read(new ServerSettings.Overrides(null, null, data, null, false));
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.empty(),
                "write",
                ConfigFactory.parseString("akka.loglevel = WARNING").withFallback(settings.config()));
        var journal = Journal.get(system).store();
        var serialization = new AkkaSerialization(system);
        var snapshots = SnapshotFiles.of(system);
        long events = 0;
        try {
            for (int printer = 0; printer < PRINTERS; printer++) {
                var id = new PrinterId("p" + printer);
                String stream = PrinterStreams.of(id).id();
                var stored = new ArrayList<StoredEvent>();
                QueueState state = QueueState.empty(FINISHED_KEPT);
                for (PrinterEvent event : history(id)) {
                    state = state.after(event);
                    stored.add(new StoredEvent(
                            stream,
                            state.events(),
                            new EventRecord(
                                    0,
                                    event.at().toEpochMilli(),
                                    "bench",
                                    "",
                                    List.of(),
                                    serialization.serialize(event),
                                    null)));
                    if (state.lastJob() == SNAPSHOT_AT_JOB
                            && state.underWay() == null
                            && snapshots.list(stream).isEmpty()) {
                        snapshots.write(new SnapshotRecord(
                                stream,
                                state.events(),
                                event.at().toEpochMilli(),
                                serialization.serialize(QueueSnapshot.of(state)),
                                null));
                    }
                }
                journal.append(stored).toCompletableFuture().join();
                events += stored.size();
            }
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
            journal.close();
        }
        return events;
    }

    private List<PrinterEvent> history(PrinterId id) throws Exception {
        var events = new ArrayList<PrinterEvent>();
        var profile = ProfileReader.read(id, Json.parse("{\"uri\":\"socket://127.0.0.1:9\",\"language\":\"zpl\"}"));
        events.add(new PrinterEvent.PrinterConfigured(profile, start));
        for (int job = 1; job <= JOBS_EACH; job++) {
            var document = new StoredDocument("6b015b2b-%08x".formatted(job * 1100), 1024, "%064x".formatted(job));
            Instant at = start.plusMillis(job * 10L);
            var ticket = new JobTicket("label-" + job, document, "application/octet-stream", 1, 50, "key-" + job, null);
            events.add(new PrinterEvent.JobSubmitted(job, ticket, false, at));
            events.add(new PrinterEvent.AttemptStarted(job, 1, at.plusMillis(1)));
            events.add(new PrinterEvent.AttemptDelivered(
                    job, 1, Rung.ACKNOWLEDGED, new ByteCounts(1024, 1024L, 1024), null, null, at.plusMillis(5)));
        }
        return events;
    }
}
