package io.platen.spooler.queue;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.platen.printer.ConnectionStatus;
import io.platen.printer.connection.ConnectionSignal;
import io.platen.printer.connection.PrinterConnection;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Refusal;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One printer. It receives the printer's requests, and is the parent of its queue and its connection. These are siblings, so
 * that a restart of one does not stop the other.
 *
 * <p>The queue gets one batch at a time. Requests that arrive during its write wait here and share the next one; when too many
 * wait, further ones are refused. Waiting requests may be lost: nobody has an answer before the batch is stored.
 */
public final class PrinterEntity {

    sealed interface Command {}

    public record Ask(Request request, ActorRef<Reply> replyTo) implements Command {}

    /** Asks to start no more attempts, and to answer when none is under way. */
    record DrainPrinter(ActorRef<PrinterDirectory.Command> replyTo) implements Command {}

    /** Asks to end the attempt that is under way. */
    record InterruptPrinter() implements Command {}

    /** The batch of this number was stored or refused. */
    record BatchDone(long number) implements Command {}

    record QueueRecovered(Optional<PrinterProfile> profile) implements Command {}

    /** The journal rejected a batch and stored nothing of it. */
    record BatchRejected(long number) implements Command {}

    record QueueFailed() implements Command {}

    record QueueDrained() implements Command {}

    /** The printer has a new profile. */
    record OpenConnection(PrinterProfile profile) implements Command {}

    /** The printer was removed. */
    record CloseConnection() implements Command {}

    /** Asks to stop, unless the printer is used again. */
    record StopIfUnused() implements Command {}

    private record ConnectionSignaled(int connection, ConnectionSignal signal) implements Command {}

    private record ConnectionStopped() implements Command {}

    private record QueueStopped() implements Command {}

    private static final int BATCH = 256;

    private final ActorContext<Command> context;
    private final PrinterId id;
    private final QueueServices services;
    private final ActorRef<PrinterDirectory.Command> directory;
    private final ActorRef<PrintQueue.Command> queue;

    private final Deque<Ask> waiting = new ArrayDeque<>();
    private final Deque<Ask> alone = new ArrayDeque<>();
    private List<Ask> underWay = List.of();
    private long batches;
    private boolean recovered;
    private boolean queueRestarts;
    private @Nullable ActorRef<PrinterConnection.Command> connection;
    private @Nullable PrinterProfile connectionProfile;
    private @Nullable PrinterProfile nextProfile;
    private int connections;
    private long signals;
    private @Nullable ActorRef<PrinterDirectory.Command> drainer;

    private PrinterEntity(
            ActorContext<Command> context,
            PrinterId id,
            QueueServices services,
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
            PrinterId id, QueueServices services, ActorRef<PrinterDirectory.Command> directory) {
        return create(id, services, directory, self -> PrintQueue.create(id, services, self));
    }

    /** For tests: with another queue. */
    static Behavior<Command> create(
            PrinterId id,
            QueueServices services,
            ActorRef<PrinterDirectory.Command> directory,
            Function<ActorRef<Command>, Behavior<PrintQueue.Command>> queue) {
        return named(
                Command.class,
                id,
                Behaviors.setup(context -> new PrinterEntity(context, id, services, directory, queue).serving()));
    }

    /** Adds the printer to the log lines of an actor. */
    private static <T> Behavior<T> named(Class<T> protocol, PrinterId id, Behavior<T> behavior) {
        return Behaviors.withMdc(protocol, Map.of("printer", id.value()), behavior);
    }

    private Behavior<Command> serving() {
        return Behaviors.receive(Command.class)
                .onMessage(Ask.class, this::onAsk)
                .onMessage(BatchDone.class, this::onBatchDone)
                .onMessage(BatchRejected.class, this::onBatchRejected)
                .onMessage(ConnectionSignaled.class, this::onConnectionSaid)
                .onMessage(QueueRecovered.class, this::onQueueRecovered)
                .onMessage(QueueFailed.class, failed -> onQueueFailed())
                .onMessage(OpenConnection.class, open -> onOpenConnection(open.profile()))
                .onMessage(CloseConnection.class, close -> onCloseConnection())
                .onMessage(DrainPrinter.class, this::onDrain)
                .onMessage(InterruptPrinter.class, interrupt -> onInterrupt())
                .onMessage(QueueDrained.class, drained -> onQueueDrained())
                .onMessage(ConnectionStopped.class, stopped -> onConnectionStopped())
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

    /** A stale number is ignored: a batch in the queue's stash may be stored after its callers were refused. */
    private Behavior<Command> onBatchDone(BatchDone done) {
        if (done.number() == batches) {
            underWay = List.of();
        }
        tellIfUnused();
        return next();
    }

    /** One bad request makes the journal reject the whole batch, so each is tried again alone after the restart. */
    private Behavior<Command> onBatchRejected(BatchRejected rejected) {
        if (rejected.number() != batches) {
            return Behaviors.same();
        }
        if (underWay.size() == 1) {
            underWay.get(0)
                    .replyTo()
                    .tell(new Reply.Refused(
                            Refusal.UNSTORABLE,
                            "The journal cannot store this request, and has not stored it. The log says why."));
        } else {
            alone.addAll(underWay);
        }
        underWay = List.of();
        queueRestarts = true;
        return Behaviors.same();
    }

    /** A removed printer has no profile and needs no actors. */
    private boolean isUnused() {
        return recovered
                && connection == null
                && waiting.isEmpty()
                && alone.isEmpty()
                && underWay.isEmpty()
                && services.board().queue(id).map(QueueState::profile).isEmpty();
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

    /** Comes at the start, and after a journal failure, when it is not known whether the batch was stored. */
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
        if (connection != null && connectionProfile != null) {
            queue.tell(new PrintQueue.ConnectionOpened(connection, connections, connectionProfile, signals, false));
        } else {
            event.profile().ifPresent(this::openConnection);
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

    // The connection -----------------------------------------------------------------------------------

    private Behavior<Command> onConnectionSaid(ConnectionSignaled said) {
        if (connection == null || said.connection() != connections) {
            return Behaviors.same();
        }
        if (said.signal() instanceof ConnectionSignal.StatusChanged changed) {
            services.board().publishLine(id, changed.status());
        } else {
            signals++;
            queue.tell(new PrintQueue.ConnectionSaid(said.connection(), signals, said.signal()));
        }
        return Behaviors.same();
    }

    private Behavior<Command> onOpenConnection(PrinterProfile profile) {
        if (connection == null) {
            openConnection(profile);
        } else {
            nextProfile = profile;
            context.stop(connection);
        }
        return Behaviors.same();
    }

    private Behavior<Command> onCloseConnection() {
        nextProfile = null;
        connectionProfile = null;
        if (connection != null) {
            context.stop(connection);
        }
        return Behaviors.same();
    }

    private void openConnection(PrinterProfile profile) {
        int number = ++connections;
        var self = context.getSelf();
        var opened = context.spawn(
                named(
                        PrinterConnection.Command.class,
                        id,
                        PrinterConnection.create(
                                ConnectionOf.profile(profile, services.lines()),
                                services.printers(),
                                signal -> self.tell(new ConnectionSignaled(number, signal)))),
                "connection-" + number);
        context.watchWith(opened, new ConnectionStopped());
        connection = opened;
        connectionProfile = profile;
        queue.tell(new PrintQueue.ConnectionOpened(opened, number, profile, signals, true));
    }

    private Behavior<Command> onConnectionStopped() {
        connection = null;
        services.board()
                .publishLine(
                        id, ConnectionStatus.closed(services.printers().clock().instant()));
        // A connection actor that nobody stopped has died of a bug, and is replaced.
        PrinterProfile profile = nextProfile == null ? connectionProfile : nextProfile;
        nextProfile = null;
        if (profile != null) {
            openConnection(profile);
        }
        tellIfUnused();
        return Behaviors.same();
    }

    // Going down ---------------------------------------------------------------------------------

    private Behavior<Command> onDrain(DrainPrinter drain) {
        drainer = drain.replyTo();
        queue.tell(new PrintQueue.Drain());
        return Behaviors.same();
    }

    private Behavior<Command> onInterrupt() {
        if (connection != null) {
            connection.tell(new PrinterConnection.Interrupt());
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
