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
 * @param late the jobs on which the printer's late words or a late reset may still change the verdict
 * @param shown the connection's status, as its owner sees it
 * @param actorLog the actor's logger, which may be used on the actor's thread only
 * @param nanos the clock of {@link System#nanoTime}
 */
record PhaseContext(
        ConnectionSettings settings,
        PrinterServices services,
        ConnectionMemory memory,
        LateVerdict late,
        ShownStatus shown,
        Consumer<ConnectionSignal> owner,
        Supplier<Logger> actorLog,
        LongSupplier nanos) {

    Logger log() {
        return actorLog.get();
    }

    String uri() {
        return settings.address().uri();
    }

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

    /** Closes the connection in order. */
    void close(OpenLine line) {
        memory.connectionEnded(nowNanos());
        line.close();
    }

    /** The printer has ended the connection. Remembers whether it may have read only a part of the latest document. */
    void endedByPrinter(OpenLine line) {
        if (late.mayHoldPart(line, nowNanos())) {
            memory.mayHoldPart(true);
        }
    }

    /** Judges the previous job again, as these words are about it. */
    List<Reopened> judgedAgain(OpenLine line, Words words, long atNanos) {
        for (Frame frame : words.frames()) {
            log().debug(
                            "The printer said, after a job: {} ({})",
                            Printable.of(frame.text(), ShownStatus.WORDS_SHOWN),
                            frame.kind());
        }
        return late.said(line, words, atNanos);
    }

    /** Tells the owner which attempts were judged again. Returns whether one of them means that the connection is lost. */
    boolean isLossAfter(List<Reopened> reopened) {
        for (Reopened attempt : reopened) {
            log().info(
                            "Attempt {} of job {} is judged again: {}",
                            attempt.attempt().number(),
                            attempt.attempt().job(),
                            attempt.result().failure().message());
            owner.accept(attempt);
        }
        return reopened.stream().anyMatch(Reopened::isLoss);
    }

    /** Notes what the words say of the device, and returns the words. */
    Words heard(OpenLine line, Words words) {
        if (line.hasSkippedLines() && memory.outtalkedPatterns()) {
            log().warn(
                            "{} sends more text than its rejectPattern and ignorePattern can search; lines beyond that count as no match",
                            uri());
            shown.show();
        }
        shown.heard(words);
        return words;
    }
}
