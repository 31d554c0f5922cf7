package io.platen.printer.connection;

import io.platen.printer.AttemptId;
import io.platen.printer.ConnectionStatus;
import io.platen.printer.ConnectionStatus.State;
import io.platen.printer.DeviceReport;
import io.platen.printer.connection.ConnectionSignal.StatusChanged;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Printable;
import io.platen.printer.language.DeviceStatus;
import io.platen.printer.language.Frame;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The status of a connection as users see it. The owner gets it whenever it changes. */
final class ShownStatus {
    /** Progress is shown once a second at most. That is enough for a person who waits for a large job, and costs little. */
    private static final long PROGRESS_EVERY_NANOS = 1_000_000_000L;

    /** The first progress is shown this long after the beginning, as most attempts are over before. */
    private static final long FIRST_PROGRESS_NANOS = 300_000_000L;

    /** How often a report is shown that says the same as the one before. */
    private static final Duration DEVICE_EVERY = Duration.ofSeconds(1);

    /** How many characters of a printer's words are shown and logged. */
    static final int WORDS_SHOWN = 256;

    private final ConnectionMemory memory;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Consumer<StatusChanged> owner;

    private State state = State.CLOSED;
    private Instant stateSince;
    private @Nullable OpenLine line;
    private @Nullable Instant nextAttemptAt;
    private @Nullable Instant stalledSince;
    private @Nullable Instant unansweredSince;
    private ConnectionStatus.@Nullable Sending sending;
    private long progressShownAtNanos;
    private @Nullable Instant deviceShownAt;

    ShownStatus(ConnectionMemory memory, InstantSource clock, LongSupplier nanos, Consumer<StatusChanged> owner) {
        this.memory = memory;
        this.clock = clock;
        this.nanos = nanos;
        this.owner = owner;
        this.stateSince = clock.instant();
    }

    void closed() {
        become(State.CLOSED, null);
    }

    void backingOff(Duration pause) {
        nextAttemptAt = clock.instant().plus(pause);
        become(State.BACKING_OFF, null);
    }

    void connecting() {
        nextAttemptAt = null;
        become(State.CONNECTING, null);
    }

    void open(OpenLine connection) {
        become(State.OPEN, connection);
    }

    private void become(State next, @Nullable OpenLine connection) {
        line = connection;
        if (next != state) {
            state = next;
            stateSince = clock.instant();
        }
        show();
    }

    void attemptBegins() {
        progressShownAtNanos = nanos.getAsLong() - PROGRESS_EVERY_NANOS + FIRST_PROGRESS_NANOS;
    }

    void attemptIsOver() {
        stalledSince = null;
        unansweredSince = null;
        sending = null;
    }

    void stalled(boolean stalled) {
        stalledSince = stalled ? clock.instant() : null;
        show();
    }

    void unanswered(boolean unanswered) {
        unansweredSince = unanswered ? clock.instant() : null;
        show();
    }

    void progressed(AttemptId attempt, ByteCounts bytes) {
        long now = nanos.getAsLong();
        boolean isNews = sending == null ? bytes.anySent() : !sending.bytes().equals(bytes);
        if (isNews && now - progressShownAtNanos >= PROGRESS_EVERY_NANOS) {
            sending = new ConnectionStatus.Sending(attempt, bytes);
            progressShownAtNanos = now;
            show();
        }
    }

    /** The printer has given a sign of life: it connected, took bytes, or spoke. */
    void contact() {
        memory.contact(clock.instant());
    }

    /** Keeps and shows what the printer says of itself until it says something else. */
    void heard(Words words) {
        if (words.isEmpty()) {
            return;
        }
        contact();
        DeviceReport latest = null;
        for (Frame frame : words.frames()) {
            DeviceStatus status = frame.status();
            if (status != null) {
                latest = report(frame, status);
                if (status.answerTo() != null) {
                    memory.answered();
                }
            }
        }
        if (latest != null) {
            show(latest);
        }
    }

    private DeviceReport report(Frame frame, DeviceStatus status) {
        return new DeviceReport(
                status.canPrint(),
                status.reasons(),
                status.labelsLeft(),
                clock.instant(),
                Printable.of(frame.text(), WORDS_SHOWN));
    }

    private void show(DeviceReport report) {
        DeviceReport before = memory.device();
        memory.device(report);
        boolean isNews = before == null
                || before.canPrint() != report.canPrint()
                || !before.reasons().equals(report.reasons())
                || deviceShownAt == null
                || deviceShownAt.plus(DEVICE_EVERY).isBefore(report.at());
        if (isNews) {
            deviceShownAt = report.at();
            show();
        }
    }

    /** Sends the current status to the owner. */
    void show() {
        boolean isAway = state == State.BACKING_OFF || state == State.CONNECTING;
        boolean isOpen = state == State.OPEN;
        owner.accept(new StatusChanged(new ConnectionStatus(
                state,
                stateSince,
                nextAttemptAt,
                line == null ? null : SocketText.of(line.local()),
                line == null ? null : SocketText.of(line.remote()),
                isAway ? memory.away() : null,
                isOpen ? stalledSince : null,
                isOpen ? unansweredSince : null,
                memory.lastContact(),
                memory.device(),
                memory.leavesStatusUnanswered(),
                memory.outtalksPatterns(),
                sending)));
    }
}
