package io.platen.spooler;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.TypedActorContext;
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
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.persistence.JournalPlugins;
import io.platen.persistence.document.StoredDocument;
import io.platen.printer.AttemptId;
import io.platen.printer.Brief;
import io.platen.printer.PrinterConnection;
import io.platen.printer.language.Labels;
import io.platen.spooler.PrinterEntity.Ask;
import io.platen.spooler.job.Decision;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.LastSeen;
import io.platen.spooler.job.LineReport;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.AttemptStarted;
import io.platen.spooler.job.PrinterEvent.FailureDiscarded;
import io.platen.spooler.job.PrinterEvent.FailureResubmitted;
import io.platen.spooler.job.PrinterEvent.HistoryExpired;
import io.platen.spooler.job.PrinterEvent.JobCanceled;
import io.platen.spooler.job.PrinterEvent.PrinterConfigured;
import io.platen.spooler.job.PrinterEvent.PrinterRemoved;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.QueueSnapshot;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Refusal;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One printer's durable queue: an event stream of its own.
 *
 * <p>It decides nothing by itself: requests and events do ({@code io.platen.spooler.job}). It stores
 * the events, and then does what they say: answers, tells the line to send or to stop, publishes the
 * state. Requests come in batches through the entity, so that those that arrive during a write share
 * the next one. It never waits for its printer.
 */
final class PrintQueue extends EventSourcedBehavior<PrintQueue.Command, PrinterEvent, QueueState> {

    sealed interface Command {}

    /** Requests that share one write. Answered with {@link PrinterEntity.BatchDone} of the same number. */
    record Batch(long number, List<Ask> asks) implements Command {}

    /**
     * The line to the printer.
     *
     * @param number counts the printer's lines; what an earlier one said is stale
     * @param profile what it was opened with
     * @param signals how many signals were passed on before; those are stale, wherever they waited
     * @param fresh it was just opened; else this queue was restarted and does not know how it stands
     */
    record LineOpened(
            ActorRef<PrinterConnection.Command> line, int number, PrinterProfile profile, long signals, boolean fresh)
            implements Command {}

    /** What a line says; {@code number} counts the signals. */
    record LineSaid(int line, long number, PrinterConnection.Signal signal) implements Command {}

    /** Start nothing more. */
    record Drain() implements Command {}

    /** Time to look whether the disk has room again. */
    private record LookForRoom() implements Command {}

    /** The line's news waited for the folders of the jobs that it condemns; now it can be stored. */
    private record Filed(
            List<PrinterEvent> news,
            List<Integer> jobs,
            @Nullable Throwable failure) implements Command {}

    /** The folders could not be written: try again. */
    private record FileAgain(List<PrinterEvent> news) implements Command {}

    private static final Duration FILE_AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Duration LOOK_FOR_ROOM_EVERY = Duration.ofSeconds(1);
    private static final Duration RESTART_MIN = Duration.ofMillis(200);
    private static final Duration RESTART_MAX = Duration.ofSeconds(10);

    private final PrinterId id;
    private final SpoolerServices services;
    private final ActorRef<PrinterEntity.Command> entity;
    private final Storing<Command> storing;
    private final ActorContext<Command> context;

    private final QueueLine line = new QueueLine();

    // What is not stored, either.
    private boolean draining;
    private boolean lookingForRoom;
    private boolean filing;
    private boolean filingFailed;

    private PrintQueue(
            PrinterId id,
            SpoolerServices services,
            ActorRef<PrinterEntity.Command> entity,
            Storing<Command> storing,
            ActorContext<Command> context) {
        super(PrinterStreams.of(id), SupervisorStrategy.restartWithBackoff(RESTART_MIN, RESTART_MAX, 0.2));
        this.id = id;
        this.services = services;
        this.entity = entity;
        this.storing = storing;
        this.context = context;
    }

    /**
     * Which batch is being stored. What the journal rejects, it has not stored: then the batch's callers need not be left in
     * doubt for what one of them has sent.
     */
    private static final class Storing<C> extends BehaviorInterceptor<Object, C> {
        private final ActorRef<PrinterEntity.Command> entity;
        private @Nullable Batch batch;

        Storing(ActorRef<PrinterEntity.Command> entity) {
            // The journal's answers, too, which are no commands.
            super(Object.class);
            this.entity = entity;
        }

        void begins(@Nullable Batch batch) {
            this.batch = batch;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Behavior<C> aroundReceive(TypedActorContext<Object> context, Object message, ReceiveTarget<C> target) {
            try {
                return target.apply(context, (C) message);
            } catch (EventRejectedException e) {
                Batch rejected = batch;
                batch = null;
                if (rejected != null) {
                    entity.tell(new PrinterEntity.BatchRejected(rejected.number()));
                }
                throw e;
            }
        }
    }

    /** A journal failure restarts it from the journal; so does an event that cannot be stored. */
    static Behavior<Command> create(PrinterId id, SpoolerServices services, ActorRef<PrinterEntity.Command> entity) {
        var storing = new Storing<Command>(entity);
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

    /** A snapshot stands for what may be deleted then. */
    @Override
    public boolean shouldSnapshot(QueueState state, PrinterEvent event, long sequence) {
        return event instanceof HistoryExpired;
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
                .onCommand(Batch.class, (state, batch) -> hasRoom() ? onBatch(state, batch) : refuse(batch))
                .onCommand(LineOpened.class, this::onLineOpened)
                .onCommand(
                        LineSaid.class,
                        (state, said) -> !filing && hasRoom()
                                ? onLineSaid(state, said)
                                : Effect().stash())
                .onCommand(Filed.class, this::onFiled)
                .onCommand(FileAgain.class, this::onFileAgain)
                .onCommand(Drain.class, (state, drain) -> onDrain(state))
                .build();
    }

    private void onRecovered(QueueState state) {
        storing.begins(null);
        line.forget();
        lookingForRoom = false;
        filing = false;
        filingFailed = false;
        services.board().publishQueue(id, state, List.of());
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
            storing.begins(null);
            answers.forEach(Runnable::run);
            entity.tell(new PrinterEntity.BatchDone(batch.number()));
        });
    }

    private Reply decide(Request request, QueueWork work) {
        try {
            Decision decision = request.decideAnywhere(
                    work.state(), work.now(), services.settings().limits());
            work.add(decision.events());
            return decision.reply().apply(work.state());
        } catch (UncheckedIOException e) {
            // A finished job of a newer version, most likely. The queue goes on without it.
            context.getLog().error("A request is refused: {}", e.getMessage());
            return new Reply.Refused(Refusal.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    /**
     * A full disk is a SIGBUS in LevelDB's mapped log: what cannot be stored safely is refused, and what the
     * line says waits until there is room. Nothing is sent meanwhile.
     */
    private boolean hasRoom() {
        if (lookingForRoom) {
            // What waits comes first.
            return false;
        }
        boolean room = services.space().allowsEvents();
        if (!room) {
            lookingForRoom = true;
            context.getLog().error("The disk is full: this printer stands still until there is room");
            context.scheduleOnce(LOOK_FOR_ROOM_EVERY, context.getSelf(), new LookForRoom());
        }
        return room;
    }

    private Effect<PrinterEvent, QueueState> onLookForRoom() {
        lookingForRoom = false;
        return hasRoom() ? Effect().none().thenUnstashAll() : Effect().none();
    }

    private Effect<PrinterEvent, QueueState> refuse(Batch batch) {
        var refusal = new Reply.Refused(Refusal.STORE_FULL, "The disk is full. Make room, then try again.");
        batch.asks().forEach(ask -> ask.replyTo().tell(refusal));
        entity.tell(new PrinterEntity.BatchDone(batch.number()));
        return Effect().none();
    }

    private Effect<PrinterEvent, QueueState> onLineOpened(QueueState state, LineOpened opened) {
        line.opened(opened, state.profile());
        if (!opened.fresh() && line.isOutdated()) {
            line.retire();
        }
        reopenIfChanged(state);
        return Effect().none();
    }

    /** A line is opened anew for a new profile, but only between two attempts. */
    private void reopenIfChanged(QueueState state) {
        if (line.isOutdated() && state.profile() != null && state.underWay() == null) {
            line.forget();
            entity.tell(new PrinterEntity.OpenLine(state.profile()));
        }
    }

    private Effect<PrinterEvent, QueueState> onLineSaid(QueueState state, LineSaid said) {
        if (!line.isNews(said)) {
            return Effect().none();
        }
        PrinterConnection.Signal signal = said.signal();
        var work = new QueueWork(state, now());
        if (signal instanceof PrinterConnection.Ended ended) {
            work.add(LineReport.ended(state, ended.attempt(), ended.result(), this::printedElsewhere, work.now()));
            line.ready(ended.ready());
        } else if (signal instanceof PrinterConnection.Reopened reopened) {
            work.add(LineReport.reopened(
                    state, reopened.attempt(), reopened.result(), this::printedElsewhere, work.now()));
            if (reopened.isLoss() && state.underWay() == null) {
                line.ready(false);
            }
        } else if (signal instanceof PrinterConnection.Reported report && line.isReportAwaited()) {
            catchUp(work, report);
        } else if (signal instanceof PrinterConnection.Ready && (line.isReportAwaited() || state.underWay() != null)) {
            // A document may be on its way to it, or the line may have died over one: only the line can tell.
            line.askForReport();
        } else if (signal instanceof PrinterConnection.Ready) {
            line.ready(true);
        } else if (signal instanceof PrinterConnection.Probed probed && !line.isReportAwaited()) {
            line.ready(true);
            line.asked(true);
            work.add(LineReport.reached(state, probed.healthy(), work.now()));
            startProbe(work);
        }
        work.events().forEach(event -> TroubleLog.note(context.getLog(), work.state(), event));
        return storeNews(work);
    }

    /** Their journals say it. It is asked only of a document that is about to be condemned. */
    private boolean printedElsewhere(StoredDocument bytes) {
        return services.board().queues().entrySet().stream()
                .anyMatch(other ->
                        !other.getKey().equals(id) && other.getValue().jobs().hasPrinted(bytes));
    }

    /** What condemns a job waits for its folder. */
    private Effect<PrinterEvent, QueueState> storeNews(QueueWork work) {
        List<PrintJob> condemned = work.condemned();
        return condemned.isEmpty() ? store(work, () -> {}) : file(work.events(), work.state(), condemned);
    }

    /**
     * A job that goes to failure storage has its folder there before the event that says so. Requests are
     * answered meanwhile; the line waits.
     */
    private Effect<PrinterEvent, QueueState> file(List<PrinterEvent> news, QueueState after, List<PrintJob> condemned) {
        filing = true;
        long stored = after.events() - news.size();
        var pending = List.copyOf(news);
        var folders = condemned.stream()
                .map(job -> services.failures().file(id, job, stored, pending).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        var jobs = condemned.stream().map(PrintJob::number).toList();
        context.pipeToSelf(CompletableFuture.allOf(folders), (done, failure) -> new Filed(pending, jobs, failure));
        return Effect().none();
    }

    private Effect<PrinterEvent, QueueState> onFiled(QueueState state, Filed filed) {
        if (!filing) {
            // This queue was restarted meanwhile, and hears the news again from its line.
            return Effect().none();
        }
        if (filed.failure() != null) {
            if (!filingFailed) {
                filingFailed = true;
                context.getLog()
                        .error(
                                "Failure storage cannot be written: this printer stands still until it can",
                                filed.failure());
            }
            context.scheduleOnce(FILE_AGAIN_AFTER, context.getSelf(), new FileAgain(filed.news()));
            return Effect().none();
        }
        if (!hasRoom()) {
            return Effect().stash();
        }
        filing = false;
        filingFailed = false;
        var work = new QueueWork(state, now());
        work.add(filed.news());
        for (int job : filed.jobs()) {
            if (work.state().jobs().find(job).filter(PrintJob::isQuarantined).isEmpty()) {
                // Canceled or removed meanwhile.
                services.failures().remove(id, job);
            }
        }
        return store(work, () -> {}).thenUnstashAll();
    }

    private Effect<PrinterEvent, QueueState> onFileAgain(QueueState state, FileAgain again) {
        if (!filing) {
            return Effect().none();
        }
        var work = new QueueWork(state, now());
        work.add(again.news());
        List<PrintJob> condemned = work.condemned();
        // Canceled meanwhile: nothing is left to be filed.
        return condemned.isEmpty()
                ? onFiled(state, new Filed(again.news(), List.of(), null))
                : file(again.news(), work.state(), condemned);
    }

    /** After a restart of this queue: what the line did meanwhile. */
    private void catchUp(QueueWork work, PrinterConnection.Reported report) {
        var last = report.lastEnd();
        if (last != null) {
            work.add(LineReport.ended(work.state(), last.attempt(), last.result(), this::printedElsewhere, work.now()));
        }
        AttemptId busyWith = report.busyWith();
        if (busyWith == null) {
            work.add(LineReport.interrupted(work.state(), work.now()));
        } else if (!busyWith.equals(work.state().underWay())) {
            line.cancel(busyWith);
        }
        line.reported(report.ready());
    }

    private Effect<PrinterEvent, QueueState> onDrain(QueueState state) {
        draining = true;
        if (state.underWay() == null) {
            entity.tell(new PrinterEntity.QueueDrained());
        }
        return Effect().none();
    }

    /** Adds the next attempt, where one may start, stores everything in one write, and then acts on it. */
    private EffectBuilder<PrinterEvent, QueueState> store(QueueWork work, Runnable afterwards) {
        boolean hadAttempt = work.before().underWay() != null;
        if (work.events().stream().anyMatch(PrinterConfigured.class::isInstance)) {
            line.outdated();
        }
        startNext(work);
        if (work.events().isEmpty()) {
            afterwards.run();
            probeIfStopped(work.state());
            reopenIfChanged(work.state());
            return Effect().none();
        }
        return Effect().persist(List.copyOf(work.events())).thenRun(state -> {
            services.board().publishQueue(id, state, work.events());
            afterwards.run();
            work.events().forEach(event -> act(work.before(), state, event));
            probeIfStopped(state);
            reopenIfChanged(state);
            if (draining && hadAttempt && state.underWay() == null) {
                entity.tell(new PrinterEntity.QueueDrained());
            }
        });
    }

    private void act(QueueState before, QueueState after, PrinterEvent event) {
        if (event instanceof AttemptStarted started) {
            after.jobs().find(started.job()).ifPresent(job -> send(started, job, after.seen()));
        } else if (event instanceof JobCanceled canceled) {
            AttemptId attempt = before.underWay();
            if (attempt != null && attempt.job() == canceled.job()) {
                line.cancel(attempt);
            }
        } else if (event instanceof PrinterConfigured) {
            line.retire();
        } else if (event instanceof PrinterRemoved) {
            line.forget();
            entity.tell(new PrinterEntity.CloseLine());
            before.jobs().quarantined().forEach(job -> services.failures().remove(id, job.number()));
        } else if (event instanceof FailureResubmitted resubmitted) {
            services.failures().remove(id, resubmitted.job());
        } else if (event instanceof FailureDiscarded discarded) {
            services.failures().remove(id, discarded.job());
        }
        if (event instanceof PrinterEvent.JobEvent about) {
            context.getLog().debug("{} of job {}", event.getClass().getSimpleName(), about.job());
        }
    }

    private static Brief brief(PrintJob job, LastSeen seen) {
        Labels labels = job.ticket().labels();
        int owed = labels == null
                ? 0
                : (int) Math.min(
                        Integer.MAX_VALUE,
                        (long) labels.statusQueries() * job.ticket().copies());
        return new Brief(
                seen.partialFormat(),
                job.isFormatIncomplete(),
                job.hasFormats(),
                owed,
                seen.answersStatus(),
                seen.endings().manners(job.number()));
    }

    private void send(AttemptStarted started, PrintJob job, LastSeen seen) {
        JobTicket ticket = job.ticket();
        Source<ByteString, ?> once = services.documents().read(ticket.document());
        Source<ByteString, ?> all = ticket.copies() == 1
                ? once
                : Source.range(1, ticket.copies())
                        .flatMapConcat(copy -> services.documents().read(ticket.document()));
        line.deliver(new PrinterConnection.Deliver(
                new AttemptId(started.job(), started.attempt()), all, ticket.totalBytes(), brief(job, seen)));
    }

    /** Before a queue that has stopped goes on, or a job is condemned, the printer is asked how it is. */
    private void probeIfStopped(QueueState state) {
        boolean asks = state.stoppedOn() != null || mustAsk(state);
        if (asks && !filing && !draining && !state.paused() && state.underWay() == null) {
            line.probe();
        }
    }

    /** Before the attempt that may condemn a job, its printer is asked once. */
    private boolean mustAsk(QueueState state) {
        return !line.wasAsked() && state.suspect().isPresent();
    }

    private void startNext(QueueWork work) {
        if (work.state().stoppedOn() == null && mayStart() && !mustAsk(work.state())) {
            start(work);
        }
    }

    /** The job behind the stopped one, where only that can show whether the printer is well. */
    private void startProbe(QueueWork work) {
        if (work.state().stoppedOn() != null && mayStart()) {
            start(work);
        }
    }

    private boolean mayStart() {
        return line.mayStart() && !filing && !draining;
    }

    private void start(QueueWork work) {
        if (work.start()) {
            line.ready(false);
            line.asked(false);
        }
    }

    private Instant now() {
        return services.printers().clock().instant();
    }
}
