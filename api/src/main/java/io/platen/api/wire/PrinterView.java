package io.platen.api.wire;

import io.platen.printer.ConnectionStatus;
import io.platen.printer.DeviceReport;
import io.platen.printer.diagnosis.Keywords;
import io.platen.printer.language.DeviceReason;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.job.Endings.Ending;
import io.platen.spooler.job.JobTable;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A printer as clients see it. */
public record PrinterView(
        String id,
        String uri,
        String language,
        @Nullable String displayName,
        @Nullable String location,
        List<String> tags,
        String state,
        List<String> stateReasons,
        Instant stateSince,
        boolean accepting,
        ConnectionView connection,
        JobTable.Counts jobs,
        @Nullable FailureView lastFailure,
        String delivery,
        String confirm,
        String connectionPolicy,
        int attempts,
        BackoffView backoff,
        TimeoutsView timeouts,
        @Nullable String rejectPattern,
        @Nullable SocketView socket,
        @Nullable String ignorePattern,
        @Nullable String keepDocuments,
        @Nullable String callback,
        @Nullable Instant lastContact,
        @Nullable DeviceView device) {

    /** Ours: the printer does not answer status queries that it answered before, as when its media is out. */
    static final String STATUS_QUERY_UNANSWERED = "status-query-unanswered";

    /**
     * The line.
     *
     * @param learned what the printer always does: {@code never-closes}, {@code resets-instead-of-closing}, {@code
     *     never-answers-status}, {@code says-too-much-for-patterns}
     */
    public record ConnectionView(
            String state,
            Instant since,
            @Nullable Instant nextAttemptAt,
            @Nullable String local,
            @Nullable String remote,
            @Nullable List<String> learned) {

        static ConnectionView of(ConnectionStatus line, QueueState queue) {
            var learned = new ArrayList<String>();
            var endings = queue.seen().endings();
            if (endings.isManner(Ending.NOT_CLOSED)) {
                learned.add("never-closes");
            }
            if (endings.isManner(Ending.RESET)) {
                learned.add("resets-instead-of-closing");
            }
            if (line.leavesStatusUnanswered()) {
                learned.add("never-answers-status");
            }
            if (line.outtalksPatterns()) {
                learned.add("says-too-much-for-patterns");
            }
            return new ConnectionView(
                    line.state().keyword(),
                    line.since(),
                    line.nextAttemptAt(),
                    line.local(),
                    line.remote(),
                    learned.isEmpty() ? null : learned);
        }
    }

    /** What the printer last said of itself. */
    public record DeviceView(
            String state, List<String> reasons, @Nullable Long labelsLeft, Instant at, String text) {

        static @Nullable DeviceView of(@Nullable DeviceReport said) {
            if (said == null) {
                return null;
            }
            boolean printing = said.labelsLeft() != null && said.labelsLeft() > 0;
            return new DeviceView(
                    said.canPrint() ? printing ? "processing" : "idle" : "stopped",
                    said.reasons().stream().map(DeviceReason::keyword).toList(),
                    said.labelsLeft(),
                    said.at(),
                    said.text());
        }
    }

    /** Pauses between fresh connections. */
    public record BackoffView(String min, String max) {}

    /** How long is waited. */
    public record TimeoutsView(
            String connect,
            String stall,
            String close,
            @Nullable String patience,
            @Nullable String confirm,
            @Nullable String pause) {}

    /** Socket options of its own. */
    public record SocketView(
            @Nullable Integer sendBuffer,
            @Nullable KeepAliveView keepAlive,
            @Nullable String userTimeout) {

        static @Nullable SocketView of(PrinterProfile.@Nullable Socket own) {
            if (own == null) {
                return null;
            }
            boolean keepsAlive =
                    own.keepAliveIdle() != null || own.keepAliveInterval() != null || own.keepAliveCount() != null;
            return new SocketView(
                    own.sendBufferBytes(),
                    keepsAlive
                            ? new KeepAliveView(
                                    text(own.keepAliveIdle()), text(own.keepAliveInterval()), own.keepAliveCount())
                            : null,
                    text(own.userTimeout()));
        }
    }

    /** When the kernel asks a silent printer whether it is there. */
    public record KeepAliveView(
            @Nullable String idle,
            @Nullable String interval,
            @Nullable Integer count) {}

    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : Durations.text(duration);
    }

    /** A printer as it was published last. */
    public static PrinterView of(PrinterStatus printer, boolean isForAdmin) {
        PrinterProfile profile = printer.profile();
        QueueState queue = printer.queue();
        ConnectionStatus line = printer.line();
        return new PrinterView(
                printer.id().value(),
                profile.uri(),
                profile.language().keyword(),
                profile.displayName(),
                profile.location(),
                profile.tags(),
                state(printer),
                reasons(queue, line),
                line.stalledSince() == null ? queue.stateSince() : line.stalledSince(),
                true,
                ConnectionView.of(line, queue),
                queue.jobs().counts(),
                lastFailure(queue, line),
                profile.delivery().keyword(),
                profile.confirm().keyword(),
                profile.connection().keyword(),
                profile.attempts(),
                new BackoffView(
                        Durations.text(profile.backoff().min()),
                        Durations.text(profile.backoff().max())),
                new TimeoutsView(
                        Durations.text(profile.timeouts().connect()),
                        Durations.text(profile.timeouts().stall()),
                        Durations.text(profile.timeouts().close()),
                        text(profile.timeouts().patience()),
                        text(profile.timeouts().confirm()),
                        text(profile.timeouts().pause())),
                profile.rejectPattern(),
                SocketView.of(profile.socket()),
                profile.ignorePattern(),
                text(profile.keepDocuments()),
                isForAdmin ? profile.callback() : CallbackUrl.shownOrNull(profile.callback()),
                lastContact(queue, line),
                DeviceView.of(line.device()));
    }

    /** The IPP state: {@code idle}, {@code processing} or {@code stopped}. */
    public static String state(PrinterStatus printer) {
        return printer.line().stalledSince() == null
                ? Keywords.of(printer.queue().printerState())
                : "stopped";
    }

    private static List<String> reasons(QueueState queue, ConnectionStatus line) {
        var reasons = new ArrayList<String>();
        if (queue.paused()) {
            reasons.add("paused");
        }
        if (line.away() != null || line.state() == ConnectionStatus.State.CONNECTING) {
            reasons.add("connecting-to-device");
        }
        if (queue.stoppedOn() != null) {
            reasons.add("unwell");
        }
        if (line.stalledSince() != null) {
            reasons.add("not-reading");
        }
        if (line.unansweredSince() != null) {
            reasons.add(STATUS_QUERY_UNANSWERED);
        }
        if (lastContact(queue, line) == null) {
            reasons.add("not-contacted-yet");
        }
        DeviceReport device = line.device();
        if (device != null) {
            device.reasons().stream()
                    .map(DeviceReason::keyword)
                    .filter(reason -> !reasons.contains(reason))
                    .forEach(reasons::add);
        }
        return reasons;
    }

    /** When the printer was last heard of: by this process, or by one before it when a job was delivered. */
    private static @Nullable Instant lastContact(QueueState queue, ConnectionStatus line) {
        Instant heard = line.lastContact();
        Instant delivered = queue.lastDeliveredAt();
        return heard == null || (delivered != null && delivered.isAfter(heard)) ? delivered : heard;
    }

    private static @Nullable FailureView lastFailure(QueueState queue, ConnectionStatus line) {
        if (line.away() != null) {
            return FailureView.of(line.away(), Verdict.AWAY);
        }
        var attempt = queue.lastFailure();
        return attempt == null || attempt.failure() == null
                ? null
                : FailureView.of(attempt.failure(), attempt.verdict());
    }
}
