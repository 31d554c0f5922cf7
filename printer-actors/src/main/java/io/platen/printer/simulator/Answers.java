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
public record Answers(
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
    public static final Answers NORMAL =
            new Answers(Answering.NORMAL, Answering.NORMAL, "", "", false, Duration.ZERO, 100_000);

    public Answers both(Answering how) {
        return new Answers(how, how, before, after, byteByByte, delay, endlessBytesPerSecond);
    }

    public Answers hostStatus(Answering how) {
        return new Answers(how, hostQuery, before, after, byteByByte, delay, endlessBytesPerSecond);
    }

    public Answers hostQuery(Answering how) {
        return new Answers(hostStatus, how, before, after, byteByByte, delay, endlessBytesPerSecond);
    }

    public Answers between(String newBefore, String newAfter) {
        return new Answers(hostStatus, hostQuery, newBefore, newAfter, byteByByte, delay, endlessBytesPerSecond);
    }

    public Answers inSingleBytes() {
        return new Answers(hostStatus, hostQuery, before, after, true, delay, endlessBytesPerSecond);
    }

    public Answers delayed(Duration newDelay) {
        return new Answers(hostStatus, hostQuery, before, after, byteByByte, newDelay, endlessBytesPerSecond);
    }

    public Answers endlessAt(long bytesPerSecond) {
        return new Answers(hostStatus, hostQuery, before, after, byteByByte, delay, bytesPerSecond);
    }
}
