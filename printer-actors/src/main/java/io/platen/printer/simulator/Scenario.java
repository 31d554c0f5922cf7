package io.platen.printer.simulator;

import io.platen.printer.simulator.PrinterAnswers.Answering;
import io.platen.printer.simulator.Saying.Moment;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Named behaviours that were seen on real printers. */
public enum Scenario {
    HEALTHY("reads, prints, answers, and closes when its sender has closed"),
    PRINTS_THEN_RESETS("sends an RST 100 ms after each label, also on a connection that is kept open"),
    RESETS_INSTEAD_OF_CLOSING("prints everything, and ends each job with an RST instead of a FIN"),
    NEVER_CLOSES("prints everything, and never ends a connection"),
    RESETS_AT_ACCEPT("resets each connection as soon as it is made, for 15 s; then it is healthy"),
    CLOSES_WHEN_IDLE("closes a kept-open connection 3 s after its last label"),
    CLOSES_WHEN_PRINTED("needs 2 s for a label, and closes when the last label is printed"),
    PRINTS_SLOWLY("takes a job at once, and then prints a label every 2 s"),
    READS_IN_BURSTS("reads 4,096 bytes, and nothing for the next 2 s, again and again"),
    PRINTS_WHOLE_JOBS_ONLY("prints when it has read the end of a job; a connection that breaks prints nothing"),
    SILENT_WHILE_MEDIA_OUT("is out of media for 20 s after 3 labels, and does not answer ~HS while it is"),
    SILENT_UNTIL_MEDIA_IS_BACK("is out of media for 20 s after 3 labels, and answers all status queries after that"),
    NEVER_ANSWERS_STATUS("prints everything, and knows neither ~HS nor ~HQES"),
    ANSWERS_BEHIND_NOISE("answers with XON, CR LF, NUL and an alert around the answer, in the same segment"),
    ANSWERS_IN_SINGLE_BYTES("answers with each byte in a segment of its own"),
    ANSWERS_LATE("answers 3 s after each query"),
    ENDLESS_STATUS("answers a query with STX and then bytes without an end, 100 kB/s"),
    SATO_CYCLIC_STATUS("sends its SBPL status every 500 ms, and is out of media for 20 s after 3 labels"),
    NAK_AT_PAPER_END("sends ACK after each label, and NAK when it is out of media: for 20 s after 3 labels"),
    PAPER_OUT_ALERT("sends the alert ERROR CONDITION: PAPER OUT after 3 labels, and ERROR CLEARED after 20 s"),
    PAPER_OUT_THEN_RESET(
            "sends the alert ERROR CONDITION: PAPER OUT after 200 bytes, and an RST 300 bytes later, twice"),
    HALF_CLOSES_THEN_READS_SLOWLY("sends its FIN at accept, and then reads 200 bytes a second"),
    NEEDS_A_PAUSE("reads but does not print a connection made less than 5 s after the end of the last one"),
    SWALLOWS_UNFINISHED_FORMATS("resets after 50 bytes, twice: an open ^XA swallows what comes next"),
    REFUSES_THE_JOB("answers ERR:FORMAT after 100 bytes and closes with data unread"),
    RANDOM("chooses at random, by --seed: reads, prints, speaks, closes, resets, is silent, refuses");

    private static final Duration MEDIA_CHANGE = Duration.ofSeconds(20);
    private static final int PLENTY_BYTES = 1024 * 1024;
    private static final String PAPER_OUT = "ERROR CONDITION: PAPER OUT [2024-07-21 18:26:23] [50J153000000]\r\n";
    private static final String CLEARED = "ERROR CLEARED: PAPER OUT [2024-07-21 18:29:01] [50J153000000]\r\n";

    private final String description;

    Scenario(String description) {
        this.description = description;
    }

    /** The scenario of this name, such as {@code prints-then-resets}. */
    public static Optional<Scenario> named(String name) {
        return Stream.of(values())
                .filter(scenario -> scenario.title().equals(name))
                .findFirst();
    }

    /** The name, in lower case with dashes. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What such a printer does, in a clause without a subject. */
    public String description() {
        return description;
    }

    /** The given settings with this behaviour; some scenarios also need a small receive buffer. */
    public SimulatorSettings in(SimulatorSettings settings, long seed) {
        var small = settings.withReceiveBuffer(4096);
        return switch (this) {
            case RANDOM -> settings.with(RandomConduct.seeded(seed));
            case READS_IN_BURSTS, HALF_CLOSES_THEN_READS_SLOWLY, REFUSES_THE_JOB -> small.with(conduct());
            default -> settings.with(conduct());
        };
    }

    /** How the printer behaves; a {@link #RANDOM} printer is healthy after its random part. */
    public Conduct conduct() {
        Conduct healthy = Conduct.HEALTHY;
        PrinterAnswers normal = PrinterAnswers.NORMAL;
        return switch (this) {
            case HEALTHY, RANDOM -> healthy;
            case PRINTS_THEN_RESETS ->
                healthy.ending(ConversationEnd.after(ConversationEnd.Kind.RESET_AFTER_LABEL, Duration.ofMillis(100)));
            case RESETS_INSTEAD_OF_CLOSING -> healthy.ending(ConversationEnd.of(ConversationEnd.Kind.RESET_AFTER_JOB));
            case NEVER_CLOSES -> healthy.ending(ConversationEnd.of(ConversationEnd.Kind.NEVER_CLOSES));
            case RESETS_AT_ACCEPT ->
                healthy.ending(ConversationEnd.of(ConversationEnd.Kind.RESET_AT_ACCEPT))
                        .lasting(Duration.ofSeconds(15));
            case CLOSES_WHEN_IDLE ->
                healthy.ending(ConversationEnd.after(ConversationEnd.Kind.CLOSE_AFTER_LABEL, Duration.ofSeconds(3)));
            case CLOSES_WHEN_PRINTED ->
                healthy.printing(Printing.taking(Duration.ofSeconds(2)))
                        .ending(ConversationEnd.of(ConversationEnd.Kind.FIN_WHEN_PRINTED));
            case PRINTS_SLOWLY -> healthy.printing(Printing.taking(Duration.ofSeconds(2)));
            case READS_IN_BURSTS -> healthy.reading(PrinterInput.FAST.pausing(4096, Duration.ofSeconds(2)));
            case PRINTS_WHOLE_JOBS_ONLY -> healthy.printing(new Printing(Printing.When.AFTER_JOB, Duration.ZERO));
            case SILENT_WHILE_MEDIA_OUT -> outOfMedia().answering(normal.hostStatus(Answering.NOT_WHILE_OUT));
            case SILENT_UNTIL_MEDIA_IS_BACK -> outOfMedia().answering(normal.both(Answering.WHEN_WELL_AGAIN));
            case NEVER_ANSWERS_STATUS -> healthy.answering(normal.both(Answering.NEVER));
            case ANSWERS_BEHIND_NOISE -> healthy.answering(normal.between("\u0011\r\n\0" + CLEARED, "\r\n\u0011"));
            case ANSWERS_IN_SINGLE_BYTES -> healthy.answering(normal.inSingleBytes());
            case ANSWERS_LATE -> healthy.answering(normal.delayed(Duration.ofSeconds(3)));
            case ENDLESS_STATUS -> healthy.answering(normal.both(Answering.ENDLESS));
            case SATO_CYCLIC_STATUS ->
                outOfMedia()
                        .saying(new Saying(Moment.EVERY_MILLIS_WHILE_WELL, 500, "\u0002  A000000\u0003"))
                        .saying(new Saying(Moment.EVERY_MILLIS_WHILE_STOPPED, 500, "\u000205c000098\u0003"));
            case NAK_AT_PAPER_END ->
                outOfMedia()
                        .saying(Saying.at(Moment.AFTER_LABEL, "\u0006"))
                        .saying(Saying.at(Moment.WHEN_STOPPED, "\u0015"));
            case PAPER_OUT_ALERT ->
                outOfMedia()
                        .saying(Saying.at(Moment.WHEN_STOPPED, PAPER_OUT))
                        .saying(Saying.at(Moment.WHEN_WELL_AGAIN, CLEARED));
            case PAPER_OUT_THEN_RESET ->
                healthy.saying(Saying.afterBytes(200, PAPER_OUT))
                        .ending(ConversationEnd.afterBytes(ConversationEnd.Kind.RESET_AFTER_BYTES, 500))
                        .onFirst(2);
            case HALF_CLOSES_THEN_READS_SLOWLY ->
                healthy.reading(PrinterInput.FAST.atBytesPerSecond(200))
                        .ending(ConversationEnd.of(ConversationEnd.Kind.FIN_FIRST));
            case NEEDS_A_PAUSE -> healthy.needingPause(Duration.ofSeconds(5));
            case SWALLOWS_UNFINISHED_FORMATS ->
                healthy.ending(ConversationEnd.afterBytes(ConversationEnd.Kind.RESET_AFTER_BYTES, 50))
                        .onFirst(2);
            case REFUSES_THE_JOB -> healthy.ending(ConversationEnd.rejecting(100, RandomConduct.REFUSAL));
        };
    }

    /** Has no media for a while after three labels, and still reads during that time. */
    private static Conduct outOfMedia() {
        return Conduct.HEALTHY
                .reading(PrinterInput.FAST.bufferingWhileStopped(PLENTY_BYTES))
                .troubledBy(new Trouble(Trouble.Kind.MEDIA_OUT, 3, MEDIA_CHANGE));
    }
}
