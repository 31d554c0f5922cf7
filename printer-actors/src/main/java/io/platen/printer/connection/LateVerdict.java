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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The latest jobs that were judged on a connection that stays open. No close ends such a job, so what the printer does
 * within the settle time after its verdict can still change the verdict. A reset puts all of these jobs in doubt. Words
 * that its language knows as a refusal are taken to be about the latest job. A FIN, our own close and any other words
 * change nothing.
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

    /** A job was delivered on this connection at this moment, by {@link System#nanoTime}. */
    void judged(Deliver delivery, AttemptRecord attempt, OpenLine line, long atNanos) {
        keepRecent(line, atNanos);
        judged.addLast(new Judged(delivery.attempt(), attempt, delivery.brief().hasFormats(), line.number(), atNanos));
    }

    /** Forgets the jobs: what the printer does from now on is not about them. */
    void forget() {
        judged.clear();
    }

    /** The connection ended at this moment. Only an error that means a reset changes a verdict. */
    List<Reopened> ended(OpenLine line, @Nullable Throwable error, long atNanos) {
        Errno errno = Errno.of(error);
        if (error == null || errno == null || !errno.isReset()) {
            return List.of();
        }
        keepRecent(line, atNanos);
        var inDoubt = List.copyOf(judged);
        judged.clear();
        inDoubt.forEach(one -> one.attempt().resetAfterwards(error));
        return inDoubt.stream().flatMap(one -> reopened(one, error, line)).toList();
    }

    /** The printer said something, and no later job can be meant. */
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
        return reopened(latest, null, line).toList();
    }

    /** Whether a printer that ends this connection now may have stopped reading inside a format of a recent job. */
    boolean mayHoldPart(OpenLine line, long atNanos) {
        keepRecent(line, atNanos);
        return judged.stream().anyMatch(Judged::hasFormats);
    }

    private void keepRecent(OpenLine line, long atNanos) {
        judged.removeIf(one -> one.line() != line.number()
                || atNanos - one.atNanos() > settings.settleTimeout().toNanos());
    }

    private Stream<Reopened> reopened(Judged one, @Nullable Throwable error, OpenLine line) {
        var evidence = one.attempt().evidence(End.RESET, error, line, settings, clock.instant());
        return Diagnosis.judge(evidence) instanceof Failed failed
                ? Stream.of(new Reopened(one.id(), failed))
                : Stream.empty();
    }
}
