package io.platen.printer.connection;

import io.platen.printer.AttemptId;
import io.platen.printer.ConnectionSettings;
import io.platen.printer.connection.ConnectionSignal.Reopened;
import io.platen.printer.connection.PrinterConnection.Deliver;
import io.platen.printer.diagnosis.DeliveryResult.Failed;
import io.platen.printer.diagnosis.Diagnosis;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Evidence.End;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The latest jobs that were judged on a connection that stays open. Nothing closes there, so what the printer
 * does within the settle time, measured backwards, can still speak against them: a reset, which puts all of them in
 * doubt, or words that its language knows as a refusal, which are taken to be about the latest. A FIN does not, nor does
 * our own close, nor any other words.
 */
final class LateVerdict {
    private record Judged(AttemptId id, AttemptRecord attempt, boolean hasFormats, int line, long atNanos) {}

    private final ConnectionSettings settings;
    private final InstantSource clock;
    private final Deque<Judged> judged = new ArrayDeque<>();

    LateVerdict(ConnectionSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** A job was delivered at that moment, by {@link System#nanoTime}, on this connection. */
    void judged(Deliver delivery, AttemptRecord attempt, OpenLine line, long atNanos) {
        keepRecent(line, atNanos);
        judged.addLast(new Judged(delivery.attempt(), attempt, delivery.brief().hasFormats(), line.number(), atNanos));
    }

    /** Whatever comes from now on is not about the jobs before. */
    void forget() {
        judged.clear();
    }

    /** The connection ended at that moment; by the printer's reset, if the error says so. */
    List<Reopened> ended(OpenLine line, @Nullable Throwable error, long atNanos) {
        Errno errno = Errno.of(error);
        if (error == null || errno == null || !errno.isReset()) {
            return List.of();
        }
        keepRecent(line, atNanos);
        var inDoubt = List.copyOf(judged);
        judged.clear();
        inDoubt.forEach(one -> one.attempt().resetAfterwards(error));
        return inDoubt.stream()
                .flatMap(one -> reopened(one, error, line).stream())
                .toList();
    }

    /** The printer said something that is not about a later job. */
    List<Reopened> said(OpenLine line, Words words, long atNanos) {
        keepRecent(line, atNanos);
        Judged latest = judged.peekLast();
        if (latest == null) {
            return List.of();
        }
        latest.attempt().replied(words);
        if (!latest.attempt().isRefused()) {
            return List.of();
        }
        judged.removeLast();
        return reopened(latest, null, line).stream().toList();
    }

    /** Whether the printer, which ends this connection at this moment, may have read the latest job no farther than into a format. */
    boolean mayHoldPart(OpenLine line, long atNanos) {
        keepRecent(line, atNanos);
        return judged.stream().anyMatch(Judged::hasFormats);
    }

    private void keepRecent(OpenLine line, long atNanos) {
        judged.removeIf(one -> one.line() != line.number()
                || atNanos - one.atNanos() > settings.settleTimeout().toNanos());
    }

    private Optional<Reopened> reopened(Judged one, @Nullable Throwable error, OpenLine line) {
        var evidence = one.attempt().evidence(End.RESET, error, line, settings, clock.instant());
        return Diagnosis.judge(evidence) instanceof Failed failed
                ? Optional.of(new Reopened(one.id(), failed))
                : Optional.empty();
    }
}
