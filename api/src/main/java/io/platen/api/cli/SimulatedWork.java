package io.platen.api.cli;

import io.platen.printer.simulator.Conduct;
import io.platen.printer.simulator.PrinterInput;
import io.platen.printer.simulator.Printing;
import io.platen.printer.simulator.Trouble;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a simulated printer reads and prints, what stops it by itself, and for how long it misbehaves. */
final class SimulatedWork {
    @Option(
            names = "--bytes-per-second",
            paramLabel = "N",
            description = "how fast it reads (default: as fast as it can)")
    private @Nullable Long bytesPerSecond;

    @Option(
            names = "--pause-every",
            paramLabel = "BYTES",
            description = "stop reading for a while after every BYTES bytes")
    private @Nullable Long pauseEveryBytes;

    @Option(
            names = "--pause-for",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "how long it stops reading each time (default: 1s)")
    private Duration pause = Duration.ofSeconds(1);

    @Option(
            names = "--buffer-while-stopped",
            paramLabel = "BYTES",
            description = "how much of a connection it reads while it is without media, paused or open (default: 0)")
    private @Nullable Long bufferWhileStopped;

    @Option(
            names = "--prints",
            paramLabel = "WHEN",
            converter = DashedEnum.OfWhen.class,
            description = "each-label, after-job or never (default: each-label)")
    private Printing.@Nullable When prints;

    @Option(
            names = "--label-takes",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "how long a label takes; status answers count the labels that are left (default: 0s)")
    private @Nullable Duration labelTakes;

    @Option(
            names = "--needs-pause",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "lose data that comes sooner than this after the last connection's end")
    private @Nullable Duration needsPause;

    @Option(names = "--media-out-after-labels", paramLabel = "N", description = "run out of media after N labels")
    private @Nullable Long mediaOutAfter;

    @Option(
            names = "--media-back-after",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "have media again this long after it ran out (default: never)")
    private Duration mediaBackAfter = Conduct.FOR_EVER;

    @Option(names = "--pause-after-labels", paramLabel = "N", description = "be paused after N labels")
    private @Nullable Long pausedAfter;

    @Option(
            names = "--resume-after",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "resume this long after such a pause began (default: never)")
    private Duration resumedAfter = Conduct.FOR_EVER;

    @Option(names = "--cover-open-after-labels", paramLabel = "N", description = "be opened after N labels")
    private @Nullable Long openAfter;

    @Option(
            names = "--cover-shut-after",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "be shut this long after it was opened (default: never)")
    private Duration shutAfter = Conduct.FOR_EVER;

    @Option(
            names = "--times",
            paramLabel = "N",
            description = "misbehave on the first N connections only (default: always)")
    private @Nullable Integer times;

    @Option(
            names = "--misbehave-for",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "misbehave for this time only (default: for ever)")
    private @Nullable Duration lasts;

    /** Changes a conduct as these options ask. */
    Conduct in(Conduct usual) {
        Conduct conduct = usual.reading(reading(usual.reading()))
                .printing(new Printing(
                        prints == null ? usual.printing().when() : prints,
                        labelTakes == null ? usual.printing().perLabel() : labelTakes))
                .needingPause(needsPause == null ? usual.pauseNeeded() : needsPause)
                .onFirst(times == null ? usual.connections() : times)
                .lasting(lasts == null ? usual.lasts() : lasts);
        conduct = troubled(conduct, Trouble.Kind.MEDIA_OUT, mediaOutAfter, mediaBackAfter);
        conduct = troubled(conduct, Trouble.Kind.PAUSED, pausedAfter, resumedAfter);
        return troubled(conduct, Trouble.Kind.COVER_OPEN, openAfter, shutAfter);
    }

    private PrinterInput reading(PrinterInput usual) {
        PrinterInput reading = bytesPerSecond == null ? usual : usual.atBytesPerSecond(bytesPerSecond);
        reading = pauseEveryBytes == null ? reading : reading.pausing(pauseEveryBytes, pause);
        return bufferWhileStopped == null ? reading : reading.bufferingWhileStopped(bufferWhileStopped);
    }

    private static Conduct troubled(Conduct conduct, Trouble.Kind kind, @Nullable Long afterLabels, Duration lasts) {
        return afterLabels == null ? conduct : conduct.troubledBy(new Trouble(kind, afterLabels, lasts));
    }
}
