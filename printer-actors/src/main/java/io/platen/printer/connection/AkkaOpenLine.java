package io.platen.printer.connection;

import akka.Done;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.stream.KillSwitches;
import akka.stream.UniqueKillSwitch;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.connection.ConnectionEvent.Closed;
import io.platen.printer.connection.ConnectionEvent.Due;
import io.platen.printer.connection.ConnectionEvent.Sampled;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.ConnectionEvent.WriteFailed;
import io.platen.printer.connection.ConnectionEvent.Written;
import io.platen.printer.connection.PrinterConnection.Command;
import io.platen.printer.language.FrameReader;
import io.platen.printer.transport.Line;
import io.platen.printer.transport.TcpInfo;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Wraps a transport's {@link Line} for the actor: results and timers become the actor's messages. */
final class AkkaOpenLine implements OpenLine {
    /** When a printer pauses for this long, what it has begun to say counts as whole. */
    private static final Duration REPLY_PAUSE = Duration.ofMillis(100);

    /** A look of this age is as good as a new one. */
    private static final long LOOK_HOLDS_NANOS = 1_000_000;

    private final int number;
    private final Line line;
    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final FrameReader reader;
    private final TalkBudget budget = new TalkBudget();
    private boolean preceded;
    private int writes;
    private @Nullable UniqueKillSwitch writing;

    AkkaOpenLine(
            int number, Line line, ActorContext<Command> context, TimerScheduler<Command> timers, FrameReader reader) {
        this.number = number;
        this.line = line;
        this.context = context;
        this.timers = timers;
        this.reader = reader;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public Optional<InetSocketAddress> local() {
        return line.local();
    }

    @Override
    public Optional<InetSocketAddress> remote() {
        return line.remote();
    }

    @Override
    public long written() {
        return line.written();
    }

    @Override
    public boolean isOpen() {
        return line.isOpen();
    }

    @Override
    public Words heard(ByteString said) {
        byte[] bytes = said.toArray();
        var words = new Words(bytes, reader.read(bytes));
        line.readOn(budget.pauseAfter(bytes.length, System.nanoTime()));
        awaitRest();
        return words;
    }

    @Override
    public Words rest() {
        cancel(Timer.REPLY_PAUSE);
        return new Words(new byte[0], reader.rest());
    }

    @Override
    public void awaitRest() {
        if (reader.isMidFrame()) {
            start(Timer.REPLY_PAUSE, REPLY_PAUSE);
        }
    }

    @Override
    public boolean hasSkippedLines() {
        return reader.hasSkippedLines();
    }

    @Override
    public void precede() {
        preceded = true;
    }

    @Override
    public boolean isPreceded() {
        return preceded;
    }

    @Override
    public void sample() {
        long now = System.nanoTime();
        var look = line.lastLook().filter(last -> now - last.atNanos() <= LOOK_HOLDS_NANOS);
        if (look.isPresent()) {
            context.getSelf()
                    .tell(new Sampled(
                            number, Optional.of(look.get().info()), look.get().atNanos()));
        } else {
            sampled(line.tcpInfo());
        }
    }

    @Override
    public void sampleOnceAcknowledged() {
        sampled(line.tcpInfoOnceAcknowledged());
    }

    private void sampled(CompletionStage<Optional<TcpInfo>> answer) {
        long now = System.nanoTime();
        context.pipeToSelf(
                answer, (info, failure) -> new Sampled(number, failure == null ? info : Optional.empty(), now));
    }

    @Override
    public void write(PrintData data) {
        int write = ++writes;
        CompletionStage<Done> written = data instanceof PrintData.InMemory small
                ? line.write(small.bytes())
                : write(((PrintData.Streamed) data).bytes());
        context.pipeToSelf(
                written,
                (done, failure) -> failure == null ? new Written(number, write) : new WriteFailed(number, failure));
    }

    private CompletionStage<Done> write(Source<ByteString, ?> bytes) {
        var running = bytes.viaMat(KillSwitches.single(), Keep.right())
                .toMat(line.sink(), Keep.both())
                .run(context.getSystem());
        writing = running.first();
        return running.second();
    }

    @Override
    public boolean isLatest(Written written) {
        return written.write() == writes;
    }

    @Override
    public void stopWriting() {
        if (writing != null) {
            writing.shutdown();
        }
    }

    @Override
    public void finishSending() {
        line.finishSending();
    }

    @Override
    public void askPeer() {
        line.askPeer();
    }

    @Override
    public void idles() {
        line.idles();
    }

    @Override
    public void close() {
        ends(line.close());
    }

    @Override
    public void abort() {
        ends(line.abort());
    }

    private void ends(CompletionStage<Optional<TcpInfo>> closing) {
        cancelTimers();
        context.pipeToSelf(closing, (info, failure) -> new Closed(number, failure == null ? info : Optional.empty()));
    }

    @Override
    public void start(Timer timer, Duration after) {
        timers.startSingleTimer(timer, new Due(number, timer), after);
    }

    @Override
    public void cancel(Timer timer) {
        timers.cancel(timer);
    }

    @Override
    public void cancelTimers() {
        timers.cancelAll();
    }

    @Override
    public boolean awaits(Timer timer) {
        return timers.isTimerActive(timer);
    }
}
