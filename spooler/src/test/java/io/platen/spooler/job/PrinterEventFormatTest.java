package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import io.platen.persistence.document.StoredDocument;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.Confidence;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.LastWords;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.diagnosis.TcpEvidence;
import io.platen.printer.diagnosis.TranscriptEntry;
import io.platen.printer.language.Labels;
import io.platen.spooler.job.JobAttempt.Outcome;
import io.platen.spooler.job.PrinterEvent.QueueRestarted;
import io.platen.spooler.job.PrinterProfile.Timeouts;
import io.platen.spooler.snapshot.QueueSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The journal's file format. Each golden file must stay readable for ever. A file that is missing is
 * written with {@code -Dgolden.write=true}; one that exists is never overwritten.
 */
final class PrinterEventFormatTest {
    private static final ActorTestKit kit = ActorTestKit.create();
    private static final Serialization serialization = SerializationExtension.get(Adapter.toClassic(kit.system()));
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123Z");
    private static final PrinterId DOCK = new PrinterId("dock-1");
    private static final List<String> UNDER_WAY =
            List.of("printer-configured", "job-submitted", "job-released", "attempt-started");
    private static final List<String> CLAIMED = List.of("printer-configured", "job-submitted-claimed");
    private static final List<String> WITH_LABELS = List.of("printer-configured", "job-submitted-with-labels");
    private static final List<String> COMPLETED = with(UNDER_WAY, "attempt-delivered");
    private static final List<String> QUARANTINED = with(UNDER_WAY, "attempt-failed", "job-quarantined");

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    static Map<String, Object> samples() {
        var profile = documented().build();
        var ticket = new JobTicket(
                "label",
                new StoredDocument("0f8fad5b-d9cb-469f-a165-70867728950e", 1024, "ab".repeat(32)),
                "text/plain",
                2,
                50,
                "key-1",
                new JobRef(DOCK, 7),
                null,
                null,
                null,
                null);
        var bytes = new ByteCounts(2048, 512L, 2048);
        var words = new LastWords("ERR", "455252", 3);
        var failure = new DeliveryFailure(
                Cause.CONNECTION_RESET,
                EndedBy.PRINTER,
                Confidence.LIKELY,
                Errno.ECONNRESET,
                "The printer reset the connection.",
                bytes,
                words,
                new TcpEvidence("CLOSE", 1536L, 0L, null, null, null, null),
                NOON,
                List.of(new TranscriptEntry("+0.000123s", TranscriptEntry.Side.US, "data", 2048L, null)),
                null,
                null);
        Map<String, Object> samples = new TreeMap<>();
        samples.put("printer-configured", new PrinterEvent.PrinterConfigured(profile, NOON, null));
        samples.put("printer-removed", new PrinterEvent.PrinterRemoved(NOON, null));
        samples.put("printer-paused", new PrinterEvent.PrinterPaused(NOON, null));
        samples.put("printer-resumed", new PrinterEvent.PrinterResumed(NOON, null));
        samples.put("job-submitted", new PrinterEvent.JobSubmitted(12, ticket, true, NOON, null));
        samples.put(
                "job-submitted-with-labels", new PrinterEvent.JobSubmitted(12, withLabels(ticket), false, NOON, null));
        samples.put("printer-said-well", new PrinterEvent.PrinterSaidWell(12, NOON));
        samples.put("queue-restarted", new PrinterEvent.QueueRestarted(12, QueueRestarted.Why.STATUS, NOON));
        samples.put("job-held", new PrinterEvent.JobHeld(12, NOON, null));
        samples.put("job-released", new PrinterEvent.JobReleased(12, NOON, null));
        samples.put("job-canceled", new PrinterEvent.JobCanceled(12, NOON, null));
        samples.put("attempt-started", new PrinterEvent.AttemptStarted(12, 1, NOON));
        samples.put(
                "attempt-delivered",
                new PrinterEvent.AttemptDelivered(12, 1, Rung.ACKNOWLEDGED, bytes, words, failure, NOON));
        samples.put(
                "attempt-failed",
                new PrinterEvent.AttemptFailed(12, 1, Rung.WRITTEN, failure, Outcome.IN_DOUBT, Verdict.IN_DOUBT, NOON));
        samples.put(
                "judgement-reopened",
                new PrinterEvent.JudgementReopened(
                        12, 1, Rung.ACKNOWLEDGED, failure, Outcome.IN_DOUBT, Verdict.PASSING, NOON));
        samples.put("printer-configured-with-socket", new PrinterEvent.PrinterConfigured(withSocket(), NOON, null));
        samples.put(
                "attempt-failed-with-timer",
                new PrinterEvent.AttemptFailed(12, 1, null, withTimer(failure), Outcome.FAILED, Verdict.PASSING, NOON));
        samples.put("attempt-canceled", new PrinterEvent.AttemptCanceled(12, 1, bytes, NOON));
        samples.put("job-quarantined", new PrinterEvent.JobQuarantined(12, NOON));
        samples.put("failure-resubmitted", new PrinterEvent.FailureResubmitted(12, new JobRef(DOCK, 13), NOON, null));
        samples.put("failure-discarded", new PrinterEvent.FailureDiscarded(12, "torn label", NOON, null));
        samples.put("job-move-started", new PrinterEvent.JobMoveStarted(12, new PrinterId("dock-2"), NOON, null));
        samples.put("job-move-aborted", new PrinterEvent.JobMoveAborted(12, NOON));
        samples.put("job-moved", new PrinterEvent.JobMoved(12, new JobRef(new PrinterId("dock-2"), 1), NOON));
        samples.put(
                "printer-configured-with-retention",
                new PrinterEvent.PrinterConfigured(
                        documented().keepingDocuments(Duration.ofDays(1)).build(), NOON, null));
        samples.put("history-expired", new PrinterEvent.HistoryExpired(NOON.minusSeconds(3600), NOON));
        samples.put(
                "job-submitted-claimed",
                new PrinterEvent.JobSubmitted(
                        12, withLabels(ticket).claimed("token:0123", "1a2b"), false, NOON, "token:0123"));
        samples.put("job-canceled-by", new PrinterEvent.JobCanceled(12, NOON, "token:0123"));
        samples.put("queue-snapshot-claimed", snapshot(samples, CLAIMED));
        samples.put("queue-snapshot", snapshot(samples, UNDER_WAY));
        samples.put("queue-snapshot-completed", snapshot(samples, COMPLETED));
        samples.put("queue-snapshot-quarantined", snapshot(samples, QUARANTINED));
        samples.put("queue-snapshot-with-labels", snapshot(samples, WITH_LABELS));
        return samples;
    }

    private static ProfileFixture documented() {
        return ProfileFixture.at("socket://10.0.0.5:9100")
                .called("Dock 1")
                .tagged("hazmat")
                .promising(DeliveryPromise.AT_MOST_ONCE)
                .confirming(Rung.CLOSED)
                .timeouts(timeouts(null))
                .rejecting("(?i)fault");
    }

    /** The fields that came later. */
    private static PrinterProfile withSocket() {
        return documented()
                .timeouts(timeouts(Duration.ofHours(2)))
                .socket(new PrinterProfile.Socket(
                        16384, Duration.ofSeconds(5), Duration.ofSeconds(3), 2, Duration.ofMinutes(90)))
                .build();
    }

    private static Timeouts timeouts(@Nullable Duration patience) {
        return new Timeouts(
                Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMillis(1500), patience, null, null);
    }

    private static JobTicket withLabels(JobTicket ticket) {
        return new JobTicket(
                ticket.name(),
                ticket.document(),
                ticket.contentType(),
                ticket.copies(),
                ticket.priority(),
                ticket.idempotencyKey(),
                ticket.retryOf(),
                "https://erp.example.com/printed",
                null,
                new Labels(25, 812, true, 1),
                null);
    }

    private static DeliveryFailure withTimer(DeliveryFailure failure) {
        return new DeliveryFailure(
                failure.cause(),
                failure.endedBy(),
                failure.confidence(),
                failure.errno(),
                failure.message(),
                failure.bytes(),
                failure.lastWords(),
                new TcpEvidence("ESTABLISHED", 1536L, 3L, "persist", 512L, 2, 0L),
                failure.at(),
                failure.transcript(),
                failure.refused(),
                failure.preceded());
    }

    private static List<String> with(List<String> names, String... more) {
        return Stream.concat(names.stream(), Stream.of(more)).toList();
    }

    private static QueueSnapshot snapshot(Map<String, Object> events, List<String> names) {
        QueueState state = QueueState.empty(100);
        for (String name : names) {
            state = state.after((PrinterEvent) Objects.requireNonNull(events.get(name)));
        }
        return QueueSnapshot.of(state);
    }

    static Stream<String> names() {
        return samples().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsWhatOlderVersionsWrote(String name) throws Exception {
        Object sample = Objects.requireNonNull(samples().get(name));
        Path file = GOLDEN.resolve(name + ".cbor");
        if (Boolean.getBoolean("golden.write") && Files.notExists(file)) {
            Files.write(file, serialization.serialize(sample).get());
        }

        assertSame(read(file, sample), sample);
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsWhatItWrites(String name) {
        Object sample = Objects.requireNonNull(samples().get(name));
        byte[] bytes = serialization.serialize(sample).get();

        assertSame(deserialize(bytes, sample), sample);
    }

    /** The finished jobs of a snapshot are packed when they have been read. */
    private static void assertSame(Object read, Object sample) {
        if (sample instanceof QueueSnapshot snapshot) {
            assertThat(snapshot.agreesWith((QueueSnapshot) read)).isTrue();
            assertThat(((QueueSnapshot) read).finished()).hasSameSizeAs(snapshot.finished());
        } else {
            assertThat(read).isEqualTo(sample);
        }
    }

    @Test
    void everyEventHasASample() {
        var events = Stream.of(
                        PrinterEvent.class.getPermittedSubclasses(),
                        PrinterEvent.JobEvent.class.getPermittedSubclasses())
                .flatMap(Arrays::stream)
                .filter(Class::isRecord);

        assertThat(samples().values().stream().map(Object::getClass)).containsAll(events.toList());
    }

    private static Object read(Path file, Object sample) throws IOException {
        return deserialize(Files.readAllBytes(file), sample);
    }

    private static Object deserialize(byte[] bytes, Object sample) {
        var serializer = serialization.findSerializerFor(sample);
        return serialization.deserialize(bytes, serializer.identifier(), "").get();
    }
}
