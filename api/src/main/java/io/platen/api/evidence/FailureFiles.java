package io.platen.api.evidence;

import io.platen.api.host.HostSettings;
import io.platen.api.wire.History;
import io.platen.api.wire.Json;
import io.platen.api.wire.QuarantineView;
import io.platen.spooler.job.JobAttempt;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.Recorded;
import io.platen.spooler.upkeep.FailureFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A failure's files in failure storage: the API's own JSON, the log and the host's settings of that time. */
public final class FailureFiles implements FailureFormat {
    /** How long before the first attempt the log begins: what led to the failure may have been logged then. */
    private static final Duration LOG_BEFORE = Duration.ofSeconds(10);

    private static final String LOST =
            "Lost: Platen was stopped, or could not write for a long time, before this folder was made. The folder was"
                    + " made again from the journal and the document.";

    private final Executor blocking;

    /**
     * @param blocking reads the host's settings
     */
    public FailureFiles(Executor blocking) {
        this.blocking = blocking;
    }

    /** The log lines of that time, and the host's settings, which another thread reads. */
    private record Taken(String log, CompletableFuture<Map<String, String>> host) implements Moment {
        @Override
        public long bytes() {
            return log.length();
        }
    }

    @Override
    public Moment moment(PrinterId printer, PrintJob job) {
        return new Taken(
                RecentLog.about(printer.value(), firstAttempt(job)),
                CompletableFuture.supplyAsync(HostSettings::read, blocking));
    }

    @Override
    public Map<String, byte[]> files(PrinterId printer, PrintJob job, List<Recorded> history, @Nullable Moment moment) {
        var entry = QuarantineView.whole(printer, job);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("diagnosis.json", json(entry.withoutTranscripts()));
        // The transcript of the deciding attempt only; those of all attempts are in the job's history.
        files.put("transcript.json", json(Objects.requireNonNullElse(entry.transcript(), List.of())));
        files.put("events.json", json(History.of(history, Integer.MAX_VALUE)));
        Taken taken = (Taken) moment;
        files.put(
                "host.json",
                json(taken == null ? Map.of("lost", LOST) : taken.host().join()));
        files.put("log.txt", text(taken == null ? LOST + "\n" : taken.log()));
        return files;
    }

    private static Instant firstAttempt(PrintJob job) {
        return job.attempts().stream()
                .map(JobAttempt::startedAt)
                .min(Instant::compareTo)
                .orElse(job.submittedAt())
                .minus(LOG_BEFORE);
    }

    private static byte[] json(Object value) {
        return text(Json.pretty(value) + "\n");
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
