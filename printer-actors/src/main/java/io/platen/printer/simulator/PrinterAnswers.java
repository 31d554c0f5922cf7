package io.platen.printer.simulator;

import java.time.Duration;

/**
 * How a simulated printer answers ZPL's status queries, wherever in the stream they stand. The methods return changed copies.
 *
 * @param hostStatus how it answers {@code ~HS}
 * @param hostQuery how it answers {@code ~HQES}
 * @param before what it says right before an answer, in the same write
 * @param after what it says right after an answer, in the same write
 * @param byteByByte whether each byte is written alone, and so mostly is a segment of its own
 * @param delay how long after the query it answers
 * @param endlessBytesPerSecond how fast an endless answer is
 */
public record PrinterAnswers(
        Answering hostStatus,
        Answering hostQuery,
        String before,
        String after,
        boolean byteByByte,
        Duration delay,
        long endlessBytesPerSecond) {

    /** How a query is answered. */
    public enum Answering {
        NORMAL,
        /** Never, as by firmware that does not know the query. */
        NEVER,
        /** Not while media is out or the head is open, as Zebra's ZPL guide says of {@code ~HS}. */
        NOT_WHILE_OUT,
        /** Not before media is in and the head is closed again. */
        WHEN_WELL_AGAIN,
        /** With STX, and then bytes without an end. */
        ENDLESS
    }

    /** Answers each query at once. */
    public static final PrinterAnswers NORMAL =
            new PrinterAnswers(Answering.NORMAL, Answering.NORMAL, "", "", false, Duration.ZERO, 100_000);

    public PrinterAnswers both(Answering how) {
        return new PrinterAnswers(how, how, before, after, byteByByte, delay, endlessBytesPerSecond);
    }

    public PrinterAnswers hostStatus(Answering how) {
        return new PrinterAnswers(how, hostQuery, before, after, byteByByte, delay, endlessBytesPerSecond);
    }

    public PrinterAnswers hostQuery(Answering how) {
        return new PrinterAnswers(hostStatus, how, before, after, byteByByte, delay, endlessBytesPerSecond);
    }

    public PrinterAnswers between(String newBefore, String newAfter) {
        return new PrinterAnswers(hostStatus, hostQuery, newBefore, newAfter, byteByByte, delay, endlessBytesPerSecond);
    }

    public PrinterAnswers inSingleBytes() {
        return new PrinterAnswers(hostStatus, hostQuery, before, after, true, delay, endlessBytesPerSecond);
    }

    public PrinterAnswers delayed(Duration newDelay) {
        return new PrinterAnswers(hostStatus, hostQuery, before, after, byteByByte, newDelay, endlessBytesPerSecond);
    }

    public PrinterAnswers endlessAt(long bytesPerSecond) {
        return new PrinterAnswers(hostStatus, hostQuery, before, after, byteByByte, delay, bytesPerSecond);
    }
}
