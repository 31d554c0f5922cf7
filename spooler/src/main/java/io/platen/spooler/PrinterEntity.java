package io.platen.spooler;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.platen.printer.Backoff;
import io.platen.printer.ConnectionDefaults;
import io.platen.printer.ConnectionSettings;
import io.platen.printer.ConnectionStatus;
import io.platen.printer.PrinterAddress;
import io.platen.printer.connection.PrinterConnection;
import io.platen.printer.language.ReplyPattern;
import io.platen.printer.language.ReplyPatterns;
import io.platen.printer.transport.KeepAlive;
import io.platen.printer.transport.SocketSettings;
import io.platen.spooler.job.DeliveryPromise;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.PrinterProfile.Socket;
import io.platen.spooler.job.Refusal;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One printer: the parent of its queue and of its line, which are siblings so that neither's restart
 * stops the other, and the door through which requests come.
 *
 * <p>The queue gets one batch at a time. What arrives during its write waits here and shares the
 * next one; when too much waits, more is refused at once. Nobody is promised anything before the
 * batch is stored, so what waits here may be lost.
 */
final class PrinterEntity {

    sealed interface Command {}

    /** A request and where its answer goes. */
    record Ask(Request request, ActorRef<Reply> replyTo) implements Command {}

    /** Start nothing more; answer when nothing is under way. */
    record Drain(ActorRef<PrinterDirectory.Command> replyTo) implements Command {}

    /** End what is under way. */
    record Interrupt() implements Command {}

    /** The batch of that number is stored, or refused. */
    record BatchDone(long number) implements Command {}

    record QueueRecovered(Optional<PrinterProfile> profile) implements Command {}

    /** The journal has refused to store a batch, and stored nothing of it. */
    record BatchRejected(long number) implements Command {}

    record QueueFailed() implements Command {}

    record QueueDrained() implements Command {}

    /** The printer is configured anew. */
    record OpenLine(PrinterProfile profile) implements Command {}

    /** The printer is gone. */
    record CloseLine() implements Command {}

    /** Stop, unless the printer is used again. */
    record StopIfUnused() implements Command {}

    private record LineSaid(int line, PrinterConnection.Signal signal) implements Command {}

    private record LineStopped() implements Command {}

    private record QueueStopped() implements Command {}

    private static final int BATCH = 256;

    private final ActorContext<Command> context;
    private final PrinterId id;
    private final SpoolerServices services;
    private final ActorRef<PrinterDirectory.Command> directory;
    private final ActorRef<PrintQueue.Command> queue;

    private final Deque<Ask> waiting = new ArrayDeque<>();
    private final Deque<Ask> alone = new ArrayDeque<>();
    private List<Ask> underWay = List.of();
    private long batches;
    private boolean recovered;
    private boolean queueRestarts;
    private @Nullable ActorRef<PrinterConnection.Command> line;
    private @Nullable PrinterProfile lineProfile;
    private @Nullable PrinterProfile nextProfile;
    private int lines;
    private long signals;
    private @Nullable ActorRef<PrinterDirectory.Command> drainer;

    private PrinterEntity(
            ActorContext<Command> context,
            PrinterId id,
            SpoolerServices services,
            ActorRef<PrinterDirectory.Command> directory,
            Function<ActorRef<Command>, Behavior<PrintQueue.Command>> queue) {
        this.context = context;
        this.id = id;
        this.services = services;
        this.directory = directory;
        this.queue = context.spawn(named(PrintQueue.Command.class, id, queue.apply(context.getSelf())), "queue");
        context.watchWith(this.queue, new QueueStopped());
    }

    static Behavior<Command> create(
            PrinterId id, SpoolerServices services, ActorRef<PrinterDirectory.Command> directory) {
        return create(id, services, directory, self -> PrintQueue.create(id, services, self));
    }

    /** With a queue of the caller's choice. */
    static Behavior<Command> create(
            PrinterId id,
            SpoolerServices services,
            ActorRef<PrinterDirectory.Command> directory,
            Function<ActorRef<Command>, Behavior<PrintQueue.Command>> queue) {
        return named(
                Command.class,
                id,
                Behaviors.setup(context -> new PrinterEntity(context, id, services, directory, queue).serving()));
    }

    /** Its log lines say which printer they are about. */
    private static <T> Behavior<T> named(Class<T> protocol, PrinterId id, Behavior<T> behavior) {
        return Behaviors.withMdc(protocol, Map.of("printer", id.value()), behavior);
    }

    private Behavior<Command> serving() {
        return Behaviors.receive(Command.class)
                .onMessage(Ask.class, this::onAsk)
                .onMessage(BatchDone.class, this::onBatchDone)
                .onMessage(BatchRejected.class, this::onBatchRejected)
                .onMessage(LineSaid.class, this::onLineSaid)
                .onMessage(QueueRecovered.class, this::onQueueRecovered)
                .onMessage(QueueFailed.class, failed -> onQueueFailed())
                .onMessage(OpenLine.class, open -> onOpenLine(open.profile()))
                .onMessage(CloseLine.class, close -> onCloseLine())
                .onMessage(Drain.class, this::onDrain)
                .onMessage(Interrupt.class, interrupt -> onInterrupt())
                .onMessage(QueueDrained.class, drained -> onQueueDrained())
                .onMessage(LineStopped.class, stopped -> onLineStopped())
                .onMessage(StopIfUnused.class, stop -> onStopIfUnused())
                .onMessage(QueueStopped.class, stopped -> {
                    throw new IllegalStateException("The queue has stopped");
                })
                .build();
    }

    private Behavior<Command> onAsk(Ask ask) {
        if (waiting.size() >= services.settings().waitingRequests()) {
            ask.replyTo()
                    .tell(new Reply.Refused(Refusal.QUEUE_FULL, "The printer's queue is busy. Try again shortly."));
            return Behaviors.same();
        }
        waiting.add(ask);
        return next();
    }

    /** A batch that waited in the queue's stash while its journal failed may be done when its callers were refused. */
    private Behavior<Command> onBatchDone(BatchDone done) {
        if (done.number() == batches) {
            underWay = List.of();
        }
        tellIfUnused();
        return next();
    }

    /** One request spoils the others: each is tried again alone, once the queue is back. */
    private Behavior<Command> onBatchRejected(BatchRejected rejected) {
        if (rejected.number() != batches) {
            return Behaviors.same();
        }
        if (underWay.size() == 1) {
            underWay.get(0)
                    .replyTo()
                    .tell(
                            new Reply.Refused(
                                    Refusal.UNSTORABLE,
                                    "The journal cannot hold what this request says, and has not stored it; the log says why."));
        } else {
            alone.addAll(underWay);
        }
        underWay = List.of();
        queueRestarts = true;
        return Behaviors.same();
    }

    /** A printer that was removed has no profile, and needs no actors. */
    private boolean isUnused() {
        return recovered
                && line == null
                && waiting.isEmpty()
                && alone.isEmpty()
                && underWay.isEmpty()
                && services.board().find(id).isEmpty();
    }

    private void tellIfUnused() {
        if (isUnused()) {
            directory.tell(new PrinterDirectory.Unused(id));
        }
    }

    private Behavior<Command> onStopIfUnused() {
        if (isUnused()) {
            return Behaviors.stopped();
        }
        directory.tell(new PrinterDirectory.StillUsed(id));
        return Behaviors.same();
    }

    private Behavior<Command> next() {
        if (!recovered || queueRestarts || !underWay.isEmpty() || (alone.isEmpty() && waiting.isEmpty())) {
            return Behaviors.same();
        }
        underWay = alone.isEmpty() ? batch() : List.of(alone.remove());
        batches++;
        queue.tell(new PrintQueue.Batch(batches, underWay));
        return Behaviors.same();
    }

    private List<Ask> batch() {
        var batch = new ArrayList<Ask>(Math.min(BATCH, waiting.size()));
        while (!waiting.isEmpty() && batch.size() < BATCH) {
            batch.add(waiting.remove());
        }
        return List.copyOf(batch);
    }

    /** At the start, and after a journal failure: then nobody knows whether the batch was stored. */
    private Behavior<Command> onQueueRecovered(QueueRecovered event) {
        boolean first = !recovered;
        recovered = true;
        queueRestarts = false;
        refuse(underWay, "The journal failed; whether this was stored is not known. Ask for the state and try again.");
        underWay = List.of();
        batches++;
        if (first) {
            directory.tell(new PrinterDirectory.Settled(id, true));
        }
        if (line != null && lineProfile != null) {
            queue.tell(new PrintQueue.LineOpened(line, lines, lineProfile, signals, false));
        } else {
            event.profile().ifPresent(this::openLine);
        }
        tellIfUnused();
        return next();
    }

    private Behavior<Command> onQueueFailed() {
        context.getLog().error("The printer's queue cannot be read from the journal; trying again");
        if (!recovered) {
            directory.tell(new PrinterDirectory.Settled(id, false));
        }
        return Behaviors.same();
    }

    private static void refuse(List<Ask> asks, String detail) {
        asks.forEach(ask -> ask.replyTo().tell(new Reply.Refused(Refusal.UNAVAILABLE, detail)));
    }

    // The line -----------------------------------------------------------------------------------

    private Behavior<Command> onLineSaid(LineSaid said) {
        if (line == null || said.line() != lines) {
            return Behaviors.same();
        }
        if (said.signal() instanceof PrinterConnection.StatusChanged changed) {
            services.board().publishLine(id, changed.status());
        } else {
            signals++;
            queue.tell(new PrintQueue.LineSaid(said.line(), signals, said.signal()));
        }
        return Behaviors.same();
    }

    private Behavior<Command> onOpenLine(PrinterProfile profile) {
        if (line == null) {
            openLine(profile);
        } else {
            nextProfile = profile;
            context.stop(line);
        }
        return Behaviors.same();
    }

    private Behavior<Command> onCloseLine() {
        nextProfile = null;
        lineProfile = null;
        if (line != null) {
            context.stop(line);
        }
        return Behaviors.same();
    }

    private void openLine(PrinterProfile profile) {
        int number = ++lines;
        var self = context.getSelf();
        var opened = context.spawn(
                named(
                        PrinterConnection.Command.class,
                        id,
                        PrinterConnection.create(
                                settings(profile),
                                services.printers(),
                                signal -> self.tell(new LineSaid(number, signal)))),
                "line-" + number);
        context.watchWith(opened, new LineStopped());
        line = opened;
        lineProfile = profile;
        queue.tell(new PrintQueue.LineOpened(opened, number, profile, signals, true));
    }

    private ConnectionSettings settings(PrinterProfile profile) {
        ConnectionDefaults usual = services.lines();
        Duration patience = profile.timeouts().patience();
        return new ConnectionSettings(
                PrinterAddress.parse(profile.uri()),
                profile.language(),
                profile.confirm(),
                profile.connection(),
                new ReplyPatterns(
                        pattern("rejectPattern", profile.rejectPattern()),
                        pattern("ignorePattern", profile.ignorePattern())),
                profile.timeouts().stall(),
                patience == null ? Duration.ZERO : patience,
                profile.timeouts().close(),
                usual.settleTimeout(),
                Objects.requireNonNullElse(profile.timeouts().confirm(), PrinterProfile.Timeouts.CONFIRM),
                usual.idleTimeout(),
                usual.holdTime(),
                Objects.requireNonNullElse(profile.timeouts().pause(), Duration.ZERO),
                new Backoff(profile.backoff().min(), profile.backoff().max()),
                profile.delivery() == DeliveryPromise.AT_LEAST_ONCE,
                socket(profile, usual));
    }

    /** Of an earlier version it may be one that is not understood any more. */
    private @Nullable ReplyPattern pattern(String field, @Nullable String regex) {
        try {
            return regex == null ? null : ReplyPattern.of(regex);
        } catch (IllegalArgumentException e) {
            context.getLog().warn("The printer's {} is not used: {}", field, e.getMessage());
            return null;
        }
    }

    /** The printer's own options go before the configuration's. */
    private static SocketSettings socket(PrinterProfile profile, ConnectionDefaults usual) {
        var own = Objects.requireNonNullElse(profile.socket(), new Socket(null, null, null, null, null));
        return new SocketSettings(
                profile.timeouts().connect(),
                Objects.requireNonNullElse(own.sendBufferBytes(), usual.sendBufferBytes()),
                new KeepAlive(
                        Objects.requireNonNullElse(
                                own.keepAliveIdle(), usual.keepAlive().idle()),
                        Objects.requireNonNullElse(
                                own.keepAliveInterval(), usual.keepAlive().interval()),
                        Objects.requireNonNullElse(
                                own.keepAliveCount(), usual.keepAlive().count())),
                Objects.requireNonNullElse(own.userTimeout(), usual.userTimeout()));
    }

    private Behavior<Command> onLineStopped() {
        line = null;
        services.board()
                .publishLine(
                        id, ConnectionStatus.closed(services.printers().clock().instant()));
        // A line that nobody stopped has died of a bug: its printer needs another.
        PrinterProfile profile = nextProfile == null ? lineProfile : nextProfile;
        nextProfile = null;
        if (profile != null) {
            openLine(profile);
        }
        tellIfUnused();
        return Behaviors.same();
    }

    // Going down ---------------------------------------------------------------------------------

    private Behavior<Command> onDrain(Drain drain) {
        drainer = drain.replyTo();
        queue.tell(new PrintQueue.Drain());
        return Behaviors.same();
    }

    private Behavior<Command> onInterrupt() {
        if (line != null) {
            line.tell(new PrinterConnection.Interrupt());
        }
        return Behaviors.same();
    }

    private Behavior<Command> onQueueDrained() {
        if (drainer != null) {
            drainer.tell(new PrinterDirectory.Drained(id));
            drainer = null;
        }
        return Behaviors.same();
    }
}
