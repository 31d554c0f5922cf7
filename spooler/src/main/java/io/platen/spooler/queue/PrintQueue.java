package io.platen.spooler.queue;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.typed.EventRejectedException;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.RecoveryFailed;
import akka.persistence.typed.SnapshotAdapter;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EffectBuilder;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import io.platen.persistence.JournalPlugins;
import io.platen.persistence.document.StoredDocument;
import io.platen.printer.connection.ConnectionSignal;
import io.platen.printer.connection.PrinterConnection;
import io.platen.spooler.job.Decision;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.HistoryExpired;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Refusal;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import io.platen.spooler.job.SomeEvents;
import io.platen.spooler.queue.PrinterEntity.Ask;
import io.platen.spooler.snapshot.QueueSnapshot;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One printer's durable queue, which has an event stream of its own.
 *
 * <p>The rules are in {@code io.platen.spooler.job}. This actor stores the events that follow from them, publishes the state
 * after them, and lets {@link QueueEffects} act on them. Requests come from the entity in batches, so that requests that
 * arrive during a write share the next one. The queue never waits for its printer or for failure storage.
 */
final class PrintQueue extends EventSourcedBehavior<PrintQueue.Command, PrinterEvent, QueueState> {

    sealed interface Command {}

    /** Requests that share one write. Answered with {@link PrinterEntity.BatchDone} of the same number. */
    record Batch(long number, List<Ask> asks) implements Command {}

    /**
     * The printer has a connection actor.
     *
     * @param number counts the printer's connections; signals of earlier ones are stale
     * @param profile the profile with which it was opened
     * @param signals how many signals were passed on before this message; they are stale, even if they arrive later
     * @param fresh whether it was just opened; if not, this queue was restarted and does not know its state
     */
    record ConnectionOpened(
            ActorRef<PrinterConnection.Command> connection,
            int number,
            PrinterProfile profile,
            long signals,
            boolean fresh)
            implements Command {}

    /** A signal of a connection. {@code number} counts the signals. */
    record ConnectionSaid(int connection, long number, ConnectionSignal signal) implements Command {}

    /** Asks the queue to start no more attempts. */
    record Drain() implements Command {}

    /** A timer: check whether the disk has room again. */
    private record LookForRoom() implements Command {}

    private static final Duration RESTART_MIN = Duration.ofMillis(200);
    private static final Duration RESTART_MAX = Duration.ofSeconds(10);

    private final PrinterId id;
    private final QueueServices services;
    private final ActorRef<PrinterEntity.Command> entity;
    private final BatchBeingStored<Command> storing;
    private final ActorContext<Command> context;
    private final QueueConnection connection = new QueueConnection();
    private final ConnectionNews news = new ConnectionNews(connection, this::printedElsewhere);
    private final QueueEffects effects;
    private final DiskRoom room;

    private PrintQueue(
            PrinterId id,
            QueueServices services,
            ActorRef<PrinterEntity.Command> entity,
            BatchBeingStored<Command> storing,
            ActorContext<Command> context) {
        super(PrinterStreams.of(id), SupervisorStrategy.restartWithBackoff(RESTART_MIN, RESTART_MAX, 0.2));
        this.id = id;
        this.services = services;
        this.entity = entity;
        this.storing = storing;
        this.context = context;
        this.effects =
                new QueueEffects(id, new JobData(services.documents())::of, services.filing(), connection, entity);
        this.room = new DiskRoom(
                services.space()::allowsEvents,
                () -> context.scheduleOnce(DiskRoom.LOOK_EVERY, context.getSelf(), new LookForRoom()),
                context.getLog());
    }

    /** When the journal fails or rejects an event, the queue restarts from the journal. */
    static Behavior<Command> create(PrinterId id, QueueServices services, ActorRef<PrinterEntity.Command> entity) {
        var storing = new BatchBeingStored<Command>(entity);
        Behavior<Command> queue = Behaviors.setup(context -> new PrintQueue(id, services, entity, storing, context));
        return Behaviors.supervise(Behaviors.intercept(() -> storing, queue).<Command>narrow())
                .onFailure(
                        EventRejectedException.class,
                        SupervisorStrategy.restartWithBackoff(RESTART_MIN, RESTART_MAX, 0.2));
    }

    @Override
    public QueueState emptyState() {
        return QueueState.empty(services.settings().limits().finishedJobsKept());
    }

    @Override
    public EventHandler<QueueState, PrinterEvent> eventHandler() {
        return (state, event) -> {
            long sequence = lastSequenceNumber(context);
            if (sequence != state.events() + 1) {
                throw new IllegalStateException(
                        "The history of printer %s has a hole: event %,d follows event %,d. Restore a backup; './platen journal verify' says what is missing"
                                .formatted(id, sequence, state.events()));
            }
            return state.after(event);
        };
    }

    /** After the history expired a snapshot is taken, so that the events before it can be deleted. */
    @Override
    public boolean shouldSnapshot(QueueState state, PrinterEvent event, long sequence) {
        return event.accept(new SomeEvents<>() {
            @Override
            public Boolean historyExpired(HistoryExpired expired) {
                return true;
            }

            @Override
            protected Boolean other(PrinterEvent any) {
                return false;
            }
        });
    }

    @Override
    public String journalPluginId() {
        return JournalPlugins.JOURNAL;
    }

    @Override
    public String snapshotPluginId() {
        return JournalPlugins.SNAPSHOT_STORE;
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(services.settings().snapshotEvery(), 2);
    }

    @Override
    public SnapshotAdapter<QueueState> snapshotAdapter() {
        return new SnapshotAdapter<>() {
            @Override
            public Object toJournal(QueueState state) {
                return QueueSnapshot.of(state);
            }

            @Override
            public QueueState fromJournal(Object stored) {
                return ((QueueSnapshot) stored)
                        .restore(services.settings().limits().finishedJobsKept());
            }
        };
    }

    @Override
    public SignalHandler<QueueState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::onRecovered)
                .onSignal(RecoveryFailed.class, (state, failed) -> onRecoveryFailed(failed.getFailure()))
                .build();
    }

    @Override
    public CommandHandler<Command, PrinterEvent, QueueState> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(LookForRoom.class, look -> onLookForRoom())
                .onCommand(Batch.class, (state, batch) -> room.isThere() ? onBatch(state, batch) : refuse(batch))
                .onCommand(ConnectionOpened.class, this::onConnectionOpened)
                .onCommand(
                        ConnectionSaid.class,
                        (state, said) -> room.isThere()
                                ? onConnectionSaid(state, said)
                                : Effect().stash())
                .onCommand(Drain.class, (state, drain) -> onDrain(state))
                .build();
    }

    private void onRecovered(QueueState state) {
        storing.none();
        connection.forget();
        room.forget();
        services.board().publishQueue(id, state, List.of());
        services.filing().recovered(id, state);
        entity.tell(new PrinterEntity.QueueRecovered(Optional.ofNullable(state.profile())));
    }

    private void onRecoveryFailed(Throwable failure) {
        context.getLog().error("The printer's history cannot be read: {}", failure.getMessage());
        entity.tell(new PrinterEntity.QueueFailed());
    }

    private Effect<PrinterEvent, QueueState> onBatch(QueueState state, Batch batch) {
        var work = new QueueWork(state, now());
        var answers = new ArrayList<Runnable>(batch.asks().size());
        for (Ask ask : batch.asks()) {
            Reply reply = decide(ask.request(), work);
            answers.add(() -> ask.replyTo().tell(reply));
        }
        storing.begins(batch);
        return store(work, () -> {
            storing.none();
            answers.forEach(Runnable::run);
            entity.tell(new PrinterEntity.BatchDone(batch.number()));
        });
    }

    private Reply decide(Request request, QueueWork work) {
        try {
            Decision decision = request.decideAnywhere(
                    work.state(), work.now(), services.settings().limits(), null);
            work.add(decision.events());
            return decision.reply().apply(work.state());
        } catch (UncheckedIOException e) {
            // Most likely a finished job that a newer version stored. The queue goes on.
            context.getLog().error("A request is refused: {}", e.getMessage());
            return new Reply.Refused(Refusal.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private Effect<PrinterEvent, QueueState> onLookForRoom() {
        return room.look() ? Effect().none().thenUnstashAll() : Effect().none();
    }

    private Effect<PrinterEvent, QueueState> refuse(Batch batch) {
        var refusal = new Reply.Refused(Refusal.STORE_FULL, "The disk is full. Make room, then try again.");
        batch.asks().forEach(ask -> ask.replyTo().tell(refusal));
        entity.tell(new PrinterEntity.BatchDone(batch.number()));
        return Effect().none();
    }

    private Effect<PrinterEvent, QueueState> onConnectionOpened(QueueState state, ConnectionOpened opened) {
        connection.opened(opened, state.profile());
        reopenIfChanged(state);
        return Effect().none();
    }

    private void reopenIfChanged(QueueState state) {
        PrinterProfile profile = state.profile();
        if (profile != null && connection.mustReopen(state)) {
            connection.forget();
            entity.tell(new PrinterEntity.OpenConnection(profile));
        }
    }

    private Effect<PrinterEvent, QueueState> onConnectionSaid(QueueState state, ConnectionSaid said) {
        if (!connection.isNews(said)) {
            return Effect().none();
        }
        var work = new QueueWork(state, now());
        news.hear(said.signal(), work);
        work.events().forEach(event -> TroubleLog.note(context.getLog(), work.state(), event));
        return store(work, () -> {});
    }

    /** Searches the jobs of all printers, so it is called only when a document is about to be condemned. */
    private boolean printedElsewhere(StoredDocument bytes) {
        return services.board().queues().entrySet().stream()
                .anyMatch(other ->
                        !other.getKey().equals(id) && other.getValue().jobs().hasPrinted(bytes));
    }

    private Effect<PrinterEvent, QueueState> onDrain(QueueState state) {
        connection.drain();
        if (state.underWay() == null) {
            entity.tell(new PrinterEntity.QueueDrained());
        }
        return Effect().none();
    }

    /** Adds the next attempt if one may start, stores all events in one write, and then acts on them. */
    private EffectBuilder<PrinterEvent, QueueState> store(QueueWork work, Runnable afterwards) {
        if (work.configuresPrinter()) {
            connection.outdated();
        }
        startNext(work);
        if (work.events().isEmpty()) {
            afterwards.run();
            goOn(work.state());
            return Effect().none();
        }
        boolean hadAttempt = work.before().underWay() != null;
        return Effect().persist(List.copyOf(work.events())).thenRun(state -> {
            services.board().publishQueue(id, state, work.events());
            afterwards.run();
            work.events().forEach(event -> effects.follow(work.before(), state, event));
            goOn(state);
            if (connection.isDraining() && hadAttempt && state.underWay() == null) {
                entity.tell(new PrinterEntity.QueueDrained());
            }
        });
    }

    private void goOn(QueueState state) {
        connection.probeIfNeeded(state);
        reopenIfChanged(state);
    }

    private void startNext(QueueWork work) {
        QueueState state = work.state();
        if (connection.mayStart() && state.stoppedOn() == null && !connection.mustAskBefore(state)) {
            connection.start(work);
        }
    }

    private Instant now() {
        return services.printers().clock().instant();
    }
}
