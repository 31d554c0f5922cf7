package io.platen.printer;

import io.platen.printer.PrinterConnection.Reopened;
import io.platen.printer.diagnosis.DeliveryResult.Failed;
import io.platen.printer.diagnosis.Diagnosis;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Evidence.End;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The latest job that was judged on a connection that stays open. Nothing closes there, so what the printer
 * does within the settle time, measured backwards, can still speak against the job: a reset, or words that its
 * language knows as a refusal. A FIN does not, nor does our own close, nor any other words.
 */
final class LateVerdict {
    private record Judged(AttemptId id, Attempt attempt, int line, long atNanos) {}

    private final ConnectionSettings settings;
    private final InstantSource clock;
    private @Nullable Judged judged;

    LateVerdict(ConnectionSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** A job was delivered, just now, on this line. */
    void judged(AttemptId id, Attempt attempt, OpenLine line) {
        judged = new Judged(id, attempt, line.number(), System.nanoTime());
    }

    /** Whatever comes now is not about the job before. */
    void forget() {
        judged = null;
    }

    /** The line ended at that moment ({@link System#nanoTime}); by the printer's reset, if the error says so. */
    Optional<Reopened> ended(OpenLine line, @Nullable Throwable error, long atNanos) {
        Errno errno = Errno.of(error);
        return errno != null && errno.isReset() ? reopened(line, error, atNanos) : Optional.empty();
    }

    /** The printer said something that is not about a later job. */
    Optional<Reopened> said(OpenLine line, Words words, long atNanos) {
        if (judged == null) {
            return Optional.empty();
        }
        judged.attempt().replied(words);
        return judged.attempt().isRefused() ? reopened(line, null, atNanos) : Optional.empty();
    }

    private Optional<Reopened> reopened(OpenLine line, @Nullable Throwable error, long atNanos) {
        Judged last = judged;
        judged = null;
        if (last == null
                || last.line() != line.number()
                || atNanos - last.atNanos() > settings.settleTimeout().toNanos()) {
            return Optional.empty();
        }
        if (error != null) {
            last.attempt().resetAfterwards(error);
        }
        var evidence = last.attempt().evidence(End.RESET, error, line.line(), settings, clock.instant());
        return Diagnosis.judge(evidence) instanceof Failed failed
                ? Optional.of(new Reopened(last.id(), failed))
                : Optional.empty();
    }
}
