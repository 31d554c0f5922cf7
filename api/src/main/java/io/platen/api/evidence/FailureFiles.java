package io.platen.api.evidence;

import io.platen.api.host.HostSettings;
import io.platen.api.wire.History;
import io.platen.api.wire.Json;
import io.platen.api.wire.QuarantineView;
import io.platen.spooler.FailureFormat;
import io.platen.spooler.Spooler.Recorded;
import io.platen.spooler.job.JobAttempt;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A failure's files in failure storage: the API's own JSON, the log and the host's settings of that time. */
public final class FailureFiles implements FailureFormat {
    /** What led to it may have been logged before. */
    private static final Duration LOG_BEFORE = Duration.ofSeconds(10);

    @Override
    public Map<String, byte[]> files(PrinterId printer, PrintJob job, List<Recorded> history) {
        var entry = QuarantineView.whole(printer, job);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("diagnosis.json", json(entry.withoutTranscripts()));
        files.put("transcript.json", json(transcripts(entry)));
        files.put("events.json", json(History.of(history, Integer.MAX_VALUE)));
        files.put("host.json", json(HostSettings.read()));
        files.put("log.txt", RecentLog.about(printer.value(), firstAttempt(job)).getBytes(StandardCharsets.UTF_8));
        return files;
    }

    /** The deciding attempt's, as the contract has it; all attempts' are in its history. */
    private static Object transcripts(QuarantineView entry) {
        return entry.transcript() == null ? List.of() : entry.transcript();
    }

    private static Instant firstAttempt(PrintJob job) {
        return job.attempts().stream()
                .map(JobAttempt::startedAt)
                .min(Instant::compareTo)
                .orElse(job.submittedAt())
                .minus(LOG_BEFORE);
    }

    private static byte[] json(Object value) {
        return (Json.pretty(value) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
