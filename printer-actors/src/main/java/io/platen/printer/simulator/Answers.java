package io.platen.printer.simulator;

import java.time.Duration;

/**
 * How a simulated printer answers ZPL's status queries, wherever in the stream they stand.
 *
 * @param hostStatus how it answers {@code ~HS}
 * @param hostQuery how it answers {@code ~HQES}
 * @param before what it says right before an answer, in the same write
 * @param after what it says right after an answer, in the same write
 * @param byteByByte whether each byte is a write, and with that mostly a segment, of its own
 * @param delay how long after the query
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

    /** What becomes of a query. */
    public enum Answering {
        NORMAL,
        /** It is ignored, as by firmware that does not know it. */
        NEVER,
        /** Ignored while media is out or the head is open, as Zebra's ZPL guide says of {@code ~HS}. */
        NOT_WHILE_OUT,
        /** Answered when media is in and the head closed again, if that is later. */
        WHEN_WELL_AGAIN,
        /** STX, and then bytes without an end. */
        ENDLESS
    }

    /** A whole answer at once. */
    public static final Answers NORMAL =
            new Answers(Answering.NORMAL, Answering.NORMAL, "", "", false, Duration.ZERO, 100_000);

    /** The same, but treating both queries so. */
    public Answers both(Answering how) {
        return new Answers(how, how, before, after, byteByByte, delay, endlessBytesPerSecond);
    }

    /** The same, but treating {@code ~HS} so. */
    public Answers hostStatus(Answering how) {
        return new Answers(how, hostQuery, before, after, byteByByte, delay, endlessBytesPerSecond);
    }

    /** The same, but treating {@code ~HQES} so. */
    public Answers hostQuery(Answering how) {
        return new Answers(hostStatus, how, before, after, byteByByte, delay, endlessBytesPerSecond);
    }

    /** The same, between these words. */
    public Answers between(String newBefore, String newAfter) {
        return new Answers(hostStatus, hostQuery, newBefore, newAfter, byteByByte, delay, endlessBytesPerSecond);
    }

    /** The same, each byte in a segment of its own. */
    public Answers inSingleBytes() {
        return new Answers(hostStatus, hostQuery, before, after, true, delay, endlessBytesPerSecond);
    }

    /** The same, this much later. */
    public Answers delayed(Duration newDelay) {
        return new Answers(hostStatus, hostQuery, before, after, byteByByte, newDelay, endlessBytesPerSecond);
    }

    /** The same, with this speed of endless answers. */
    public Answers endlessAt(long bytesPerSecond) {
        return new Answers(hostStatus, hostQuery, before, after, byteByByte, delay, bytesPerSecond);
    }
}
