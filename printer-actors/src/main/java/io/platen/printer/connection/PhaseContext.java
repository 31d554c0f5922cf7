package io.platen.printer.connection;

import io.platen.printer.ConnectionSettings;
import io.platen.printer.PrinterServices;
import io.platen.printer.connection.ConnectionSignal.Reopened;
import io.platen.printer.diagnosis.Printable;
import io.platen.printer.language.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * What the phases of one connection share.
 *
 * @param late the judgements that the printer may still speak against
 * @param shown what is shown of the connection
 * @param nanos the clock of {@link System#nanoTime}
 */
record PhaseContext(
        ConnectionSettings settings,
        PrinterServices services,
        ConnectionMemory memory,
        LateVerdict late,
        ShownStatus shown,
        Consumer<ConnectionSignal> owner,
        Supplier<Logger> log,
        LongSupplier nanos) {

    Instant now() {
        return services.clock().instant();
    }

    long nowNanos() {
        return nanos.getAsLong();
    }

    /** How long to wait before the next try after a loss. */
    Duration nextPause() {
        return memory.pause(
                settings.backoff(),
                nowNanos(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** The connection ends from our side now, in order. */
    void close(OpenLine line) {
        memory.connectionEnded(nowNanos());
        line.close();
    }

    /** The printer is about to be found to have ended the connection: may it have read a document only in part? */
    void endedByPrinter(OpenLine line) {
        if (late.mayHoldPart(line, nowNanos())) {
            memory.mayHoldPart(true);
        }
    }

    /** What the job before comes to when these words are about it. */
    List<Reopened> judgedAgain(OpenLine line, Words words, long atNanos) {
        for (Frame frame : words.frames()) {
            log.get()
                    .debug(
                            "The printer said, after a job: {} ({})",
                            Printable.of(frame.text(), ShownStatus.WORDS_SHOWN),
                            frame.kind());
        }
        return late.said(line, words, atNanos);
    }

    /** Tells the owner which attempts are judged again. Whether the connection is lost with one of them. */
    boolean isLossAfter(List<Reopened> reopened) {
        for (Reopened attempt : reopened) {
            log.get()
                    .info(
                            "Attempt {} of job {} is judged again: {}",
                            attempt.attempt().number(),
                            attempt.attempt().job(),
                            attempt.result().failure().message());
            owner.accept(attempt);
        }
        return reopened.stream().anyMatch(Reopened::isLoss);
    }

    /** What the printer says is sorted, and kept where it tells of the device. */
    Words heard(OpenLine line, Words words) {
        if (line.hasSkippedLines() && memory.outtalkedPatterns()) {
            log.get()
                    .warn(
                            "{} says more than its rejectPattern and ignorePattern can look through: what is beyond that counts as no match",
                            settings.address().uri());
            shown.show();
        }
        shown.heard(words);
        return words;
    }
}
