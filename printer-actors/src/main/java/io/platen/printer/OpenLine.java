package io.platen.printer;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.LineEvent.Closed;
import io.platen.printer.LineEvent.Due;
import io.platen.printer.LineEvent.Sampled;
import io.platen.printer.LineEvent.Timer;
import io.platen.printer.LineEvent.WriteFailed;
import io.platen.printer.LineEvent.Written;
import io.platen.printer.PrinterConnection.Command;
import io.platen.printer.transport.Line;
import java.time.Duration;
import java.util.Optional;

/** A line in its actor's hands: what is asked of it comes back as {@link LineEvent}s with its number. */
record OpenLine(int number, Line line, ActorContext<Command> context, TimerScheduler<Command> timers) {

    void sample() {
        long now = System.nanoTime();
        context.pipeToSelf(
                line.tcpInfo(), (info, failure) -> new Sampled(number, failure == null ? info : Optional.empty(), now));
    }

    void write(Source<ByteString, ?> bytes) {
        context.pipeToSelf(
                bytes.runWith(line.sink(), context.getSystem()),
                (done, failure) -> failure == null ? new Written(number) : new WriteFailed(number, failure));
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
