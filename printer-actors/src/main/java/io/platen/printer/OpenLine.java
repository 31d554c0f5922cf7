package io.platen.printer;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.stream.KillSwitches;
import akka.stream.UniqueKillSwitch;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.LineEvent.Closed;
import io.platen.printer.LineEvent.Due;
import io.platen.printer.LineEvent.Sampled;
import io.platen.printer.LineEvent.Timer;
import io.platen.printer.LineEvent.WriteFailed;
import io.platen.printer.LineEvent.Written;
import io.platen.printer.PrinterConnection.Command;
import io.platen.printer.language.FrameReader;
import io.platen.printer.transport.Line;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A line in its actor's hands: what is asked of it comes back as {@link LineEvent}s with its number. */
final class OpenLine {
    /** After so long a pause what a printer has begun to say counts as all of it. */
    private static final Duration REPLY_PAUSE = Duration.ofMillis(100);

    private final int number;
    private final Line line;
    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final FrameReader reader;
    private final TalkBudget budget = new TalkBudget();
    private boolean preceded;
    private int writes;
    private @Nullable UniqueKillSwitch writing;

    OpenLine(int number, Line line, ActorContext<Command> context, TimerScheduler<Command> timers, FrameReader reader) {
        this.number = number;
        this.line = line;
        this.context = context;
        this.timers = timers;
        this.reader = reader;
    }

    int number() {
        return number;
    }

    Line line() {
        return line;
    }

    /** What cancels an unfinished format goes first on it. */
    void precede() {
        preceded = true;
    }

    /** Whether the printer may still refuse what went first, and not a document. */
    boolean isPreceded() {
        return preceded;
    }

    TimerScheduler<Command> timers() {
        return timers;
    }

    /** What the printer said, sorted; and has the line read on. */
    Words heard(ByteString said) {
        byte[] bytes = said.toArray();
        var words = new Words(bytes, reader.read(bytes));
        line.readOn(budget.pauseAfter(bytes.length, System.nanoTime()));
        awaitRest();
        return words;
    }

    boolean hasSkippedLines() {
        return reader.hasSkippedLines();
    }

    /** What the printer had begun to say, as if it had ended there. */
    Words rest() {
        timers.cancel(Timer.REPLY_PAUSE);
        return new Words(new byte[0], reader.rest());
    }

    /** What the printer has begun to say counts as whole when nothing follows it for a moment. */
    void awaitRest() {
        if (reader.isMidFrame()) {
            start(Timer.REPLY_PAUSE, REPLY_PAUSE);
        }
    }

    void sample() {
        long now = System.nanoTime();
        context.pipeToSelf(
                line.tcpInfo(), (info, failure) -> new Sampled(number, failure == null ? info : Optional.empty(), now));
    }

    void write(Source<ByteString, ?> bytes) {
        int write = ++writes;
        var running = bytes.viaMat(KillSwitches.single(), Keep.right())
                .toMat(line.sink(), Keep.both())
                .run(context.getSystem());
        writing = running.first();
        context.pipeToSelf(
                running.second(),
                (done, failure) -> failure == null ? new Written(number, write) : new WriteFailed(number, failure));
    }

    /** Whether this is the end of what was written last. */
    boolean isLatest(Written written) {
        return written.write() == writes;
    }

    /** Takes nothing more from the document that is being written. */
    void stopWriting() {
        if (writing != null) {
            writing.shutdown();
        }
    }

    /** Closes in order; what is still unsent goes out. */
    void close() {
        timers.cancelAll();
        context.pipeToSelf(
                line.close(), (info, failure) -> new Closed(number, failure == null ? info : Optional.empty()));
    }

    /** Closes hard; what is still unsent is thrown away. */
    void abort() {
        timers.cancelAll();
        context.pipeToSelf(
                line.abort(), (info, failure) -> new Closed(number, failure == null ? info : Optional.empty()));
    }

    void start(Timer timer, Duration after) {
        timers.startSingleTimer(timer, new Due(number, timer), after);
    }
}
