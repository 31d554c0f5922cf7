package io.platen.api.cli;

import io.platen.printer.simulator.Conduct;
import io.platen.printer.simulator.PrinterAnswers;
import io.platen.printer.simulator.PrinterAnswers.Answering;
import io.platen.printer.simulator.Saying;
import io.platen.printer.simulator.Saying.Moment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a simulated printer says unasked, and how it answers status queries. */
final class SimulatedWords {
    @Option(
            names = "--says-at-accept",
            paramLabel = "TEXT",
            converter = BytesText.class,
            description = "say this when a connection is made")
    private @Nullable String atAccept;

    @Option(
            names = "--says-after-label",
            paramLabel = "TEXT",
            converter = BytesText.class,
            description = "say this after each label that came out")
    private @Nullable String afterLabel;

    @Option(
            names = "--says-after-job",
            paramLabel = "TEXT",
            converter = BytesText.class,
            description = "say this when the sender's FIN has been read")
    private @Nullable String afterJob;

    @Option(
            names = "--says-when-stopped",
            paramLabel = "TEXT",
            converter = BytesText.class,
            description = "say this when it runs out of media, is paused or opened")
    private @Nullable String whenStopped;

    @Option(
            names = "--says-when-well-again",
            paramLabel = "TEXT",
            converter = BytesText.class,
            description = "say this when it can print again")
    private @Nullable String whenWellAgain;

    @Option(
            names = "--says-after-bytes",
            paramLabel = "N=TEXT",
            converter = {ByteCount.class, BytesText.class},
            description = "say this after N bytes of a connection")
    private Map<Long, String> afterBytes = new LinkedHashMap<>();

    @Option(
            names = "--says-every",
            paramLabel = "DURATION=TEXT",
            converter = {DurationText.class, BytesText.class},
            description = "repeat this, unasked, while the printer can print")
    private Map<Duration, String> every = new LinkedHashMap<>();

    @Option(
            names = "--says-every-while-stopped",
            paramLabel = "DURATION=TEXT",
            converter = {DurationText.class, BytesText.class},
            description = "repeat this while the printer is without media, paused or open")
    private Map<Duration, String> everyWhileStopped = new LinkedHashMap<>();

    @Option(
            names = "--answers-hs",
            paramLabel = "HOW",
            converter = DashedEnum.OfAnswering.class,
            description = "how it answers ~HS: normal, never, not-while-out, when-well-again, endless")
    private @Nullable Answering hostStatus;

    @Option(
            names = "--answers-hqes",
            paramLabel = "HOW",
            converter = DashedEnum.OfAnswering.class,
            description = "how it answers ~HQES: the same choices")
    private @Nullable Answering hostQuery;

    @Option(
            names = "--answer-before",
            paramLabel = "TEXT",
            converter = BytesText.class,
            description = "what it says right before an answer")
    private @Nullable String before;

    @Option(
            names = "--answer-after",
            paramLabel = "TEXT",
            converter = BytesText.class,
            description = "what it says right after an answer")
    private @Nullable String after;

    @Option(names = "--answer-byte-by-byte", description = "answer with each byte in a segment of its own")
    private boolean byteByByte;

    @Option(
            names = "--answer-delay",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "time from a query to its answer")
    private @Nullable Duration delay;

    @Option(
            names = "--endless-bytes-per-second",
            paramLabel = "N",
            description = "how fast an endless answer is (default: 100000)")
    private @Nullable Long endlessBytesPerSecond;

    /** Adds these words to a conduct. */
    Conduct in(Conduct usual) {
        Conduct conduct = usual.answering(answers(usual.answers()));
        conduct = saying(conduct, Moment.AT_ACCEPT, atAccept);
        conduct = saying(conduct, Moment.AFTER_LABEL, afterLabel);
        conduct = saying(conduct, Moment.AFTER_JOB, afterJob);
        conduct = saying(conduct, Moment.WHEN_STOPPED, whenStopped);
        conduct = saying(conduct, Moment.WHEN_WELL_AGAIN, whenWellAgain);
        for (var entry : afterBytes.entrySet()) {
            conduct = conduct.saying(Saying.afterBytes(entry.getKey(), entry.getValue()));
        }
        for (var entry : every.entrySet()) {
            conduct = conduct.saying(cyclic(Moment.EVERY_MILLIS_WHILE_WELL, entry));
        }
        for (var entry : everyWhileStopped.entrySet()) {
            conduct = conduct.saying(cyclic(Moment.EVERY_MILLIS_WHILE_STOPPED, entry));
        }
        return conduct;
    }

    private PrinterAnswers answers(PrinterAnswers usual) {
        return new PrinterAnswers(
                hostStatus == null ? usual.hostStatus() : hostStatus,
                hostQuery == null ? usual.hostQuery() : hostQuery,
                before == null ? usual.before() : before,
                after == null ? usual.after() : after,
                byteByByte || usual.byteByByte(),
                delay == null ? usual.delay() : delay,
                endlessBytesPerSecond == null ? usual.endlessBytesPerSecond() : endlessBytesPerSecond);
    }

    private static Conduct saying(Conduct conduct, Moment moment, @Nullable String words) {
        return words == null ? conduct : conduct.saying(Saying.at(moment, words));
    }

    private static Saying cyclic(Moment moment, Map.Entry<Duration, String> entry) {
        return new Saying(moment, entry.getKey().toMillis(), entry.getValue());
    }

    /** picocli wants a converter for both sides of a pair, or for none. */
    static final class ByteCount implements ITypeConverter<Long> {
        @Override
        public Long convert(String argument) {
            try {
                return Long.valueOf(argument);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + argument + "' is not a number of bytes");
            }
        }
    }
}
