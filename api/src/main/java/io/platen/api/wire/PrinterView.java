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

    /** No IPP keyword: the printer no longer answers status queries that it answered before, for example without media. */
    static final String STATUS_QUERY_UNANSWERED = "status-query-unanswered";

    /**
     * The connection to the printer as clients see it.
     *
     * @param learned what Platen has learned about the printer: {@code never-closes}, {@code resets-instead-of-closing}, {@code
     *     never-answers-status}, {@code says-too-much-for-patterns}
     */
    public record ConnectionView(
            String state,
            Instant since,
            @Nullable Instant nextAttemptAt,
            @Nullable String local,
            @Nullable String remote,
            @Nullable List<String> learned) {

        static ConnectionView of(ConnectionStatus connection, QueueState queue) {
            var learned = new ArrayList<String>();
            var endings = queue.seen().endings();
            if (endings.isManner(Ending.NOT_CLOSED)) {
                learned.add("never-closes");
            }
            if (endings.isManner(Ending.RESET)) {
                learned.add("resets-instead-of-closing");
            }
            if (connection.leavesStatusUnanswered()) {
                learned.add("never-answers-status");
            }
            if (connection.outtalksPatterns()) {
                learned.add("says-too-much-for-patterns");
            }
            return new ConnectionView(
                    connection.state().keyword(),
                    connection.since(),
                    connection.nextAttemptAt(),
                    connection.local(),
                    connection.remote(),
                    learned.isEmpty() ? null : learned);
        }
    }

    /** The printer's last report on itself. */
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

    /** The pauses before the connection is opened again. */
    public record BackoffView(String min, String max) {}

    public record TimeoutsView(
            String connect,
            String stall,
            String close,
            @Nullable String patience,
            @Nullable String confirm,
            @Nullable String pause) {}

    /** The printer's own socket options. */
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

    /** When the kernel probes a silent connection. */
    public record KeepAliveView(
            @Nullable String idle,
            @Nullable String interval,
            @Nullable Integer count) {}

    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : Durations.text(duration);
    }

    public static PrinterView of(PrinterStatus printer, boolean isForAdmin) {
        PrinterProfile profile = printer.profile();
        QueueState queue = printer.queue();
        ConnectionStatus connection = printer.line();
        return new PrinterView(
                printer.id().value(),
                profile.uri(),
                profile.language().keyword(),
                profile.displayName(),
                profile.location(),
                profile.tags(),
                state(printer),
                reasons(queue, connection),
                connection.stalledSince() == null ? queue.stateSince() : connection.stalledSince(),
                true,
                ConnectionView.of(connection, queue),
                queue.jobs().counts(),
                lastFailure(queue, connection),
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
                lastContact(queue, connection),
                DeviceView.of(connection.device()));
    }

    /** The IPP state: {@code idle}, {@code processing} or {@code stopped}. */
    public static String state(PrinterStatus printer) {
        return printer.line().stalledSince() == null
                ? Keywords.of(printer.queue().printerState())
                : "stopped";
    }

    private static List<String> reasons(QueueState queue, ConnectionStatus connection) {
        var reasons = new ArrayList<String>();
        if (queue.paused()) {
            reasons.add("paused");
        }
        if (connection.away() != null || connection.state() == ConnectionStatus.State.CONNECTING) {
            reasons.add("connecting-to-device");
        }
        if (queue.stoppedOn() != null) {
            reasons.add("unwell");
        }
        if (connection.stalledSince() != null) {
            reasons.add("not-reading");
        }
        if (connection.unansweredSince() != null) {
            reasons.add(STATUS_QUERY_UNANSWERED);
        }
        if (lastContact(queue, connection) == null) {
            reasons.add("not-contacted-yet");
        }
        DeviceReport device = connection.device();
        if (device != null) {
            device.reasons().stream()
                    .map(DeviceReason::keyword)
                    .filter(reason -> !reasons.contains(reason))
                    .forEach(reasons::add);
        }
        return reasons;
    }

    /** The later of the last contact of this process and the last delivery in the journal. */
    private static @Nullable Instant lastContact(QueueState queue, ConnectionStatus connection) {
        Instant heard = connection.lastContact();
        Instant delivered = queue.lastDeliveredAt();
        return heard == null || (delivered != null && delivered.isAfter(heard)) ? delivered : heard;
    }

    private static @Nullable FailureView lastFailure(QueueState queue, ConnectionStatus connection) {
        if (connection.away() != null) {
            return FailureView.of(connection.away(), Verdict.AWAY);
        }
        var attempt = queue.lastFailure();
        return attempt == null || attempt.failure() == null
                ? null
                : FailureView.of(attempt.failure(), attempt.verdict());
    }
}
