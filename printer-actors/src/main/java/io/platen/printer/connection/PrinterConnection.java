package io.platen.printer.connection;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.PreRestart;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import io.platen.printer.AttemptId;
import io.platen.printer.Backoff;
import io.platen.printer.Brief;
import io.platen.printer.ConnectionSettings;
import io.platen.printer.PrinterServices;
import io.platen.printer.connection.ConnectionEvent.Connected;
import io.platen.printer.connection.ConnectionEvent.Due;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.ConnectionSignal.Ended;
import io.platen.printer.connection.ConnectionSignal.Probed;
import io.platen.printer.connection.ConnectionSignal.Ready;
import io.platen.printer.connection.ConnectionSignal.Reported;
import io.platen.printer.connection.Transition.Use;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.printer.diagnosis.DeliveryResult.Canceled;
import io.platen.printer.diagnosis.DeliveryResult.Failed;
import io.platen.printer.diagnosis.Phase;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Owns the connection to one printer and delivers one document at a time over it.
 *
 * <p>It queues nothing. Its owner waits for {@link Ready} (or an {@link Ended} that says so), sends
 * one {@link Deliver}, and receives exactly one {@link Ended} for it. Only when a bug restarts this actor does a {@link
 * Ready} come without the {@link Ended}.
 *
 * <p>When the connection is lost, this actor throws an exception and its supervisor restarts it. The restarted actor
 * pauses, connects, and is ready only when a connection has held for a moment without a byte being sent. So a
 * printer that is away, or resets every connection, costs no attempt, however long that lasts.
 */
public final class PrinterConnection {

    public sealed interface Command permits Deliver, Cancel, Probe, Report, Interrupt, Retire, ConnectionEvent {}

    /** Deliver this document. */
    public record Deliver(AttemptId attempt, PrintData document, long totalBytes, Brief brief) implements Command {
        /** This delivery, to a printer that may hold a part of an earlier format. */
        Deliver afterPart() {
            return new Deliver(attempt, document, totalBytes, brief.afterPart());
        }

        /** The result when nothing of the document was sent. */
        Canceled unsent() {
            return new Canceled(ByteCounts.none(totalBytes));
        }
    }

    /** Stop sending this attempt: its sender has canceled the job. */
    public record Cancel(AttemptId attempt) implements Command {}

    /** Connect, and ask the printer for its status where its language has a query. */
    public record Probe() implements Command {}

    /** Send a {@link Reported}: for an owner that has been restarted. */
    public record Report() implements Command {}

    /** The process is going down: end the attempt under way now. */
    public record Interrupt() implements Command {}

    /** The printer's settings have changed: an attempt that makes progress goes on, one that makes none ends. */
    public record Retire() implements Command {}

    /** The connection is lost. Thrown to the supervisor, which restarts the actor. */
    private static final class ConnectionLostException extends RuntimeException {
        ConnectionLostException(String cause) {
            super(cause);
        }
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final PhaseContext connection;

    private PrinterConnection(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ConnectionSettings settings,
            PrinterServices services,
            Consumer<ConnectionSignal> owner,
            ConnectionMemory memory) {
        this.context = context;
        this.timers = timers;
        this.connection = new PhaseContext(
                settings,
                services,
                memory,
                new LateVerdict(settings, services.clock()),
                new ShownStatus(memory, services.clock(), System::nanoTime, owner::accept),
                owner,
                context::getLog,
                System::nanoTime);
    }

    /** A supervised connection. A bug restarts it after a pause, and never affects another printer. */
    public static Behavior<Command> create(
            ConnectionSettings settings, PrinterServices services, Consumer<ConnectionSignal> owner) {
        return Behaviors.setup(outer -> {
            var memory = new ConnectionMemory(services.localPorts(), settings.leastPause(), System.nanoTime());
            Behavior<Command> connection = Behaviors.setup(context -> Behaviors.withTimers(
                    timers -> new PrinterConnection(context, timers, settings, services, owner, memory).start()));
            var lost = Behaviors.supervise(connection)
                    .onFailure(
                            ConnectionLostException.class,
                            SupervisorStrategy.restart().withLoggingEnabled(false));
            return Behaviors.supervise(lost)
                    .onFailure(
                            Throwable.class,
                            SupervisorStrategy.restartWithBackoff(
                                    settings.backoff().min(), settings.backoff().max(), Backoff.JITTER));
        });
    }

    private Behavior<Command> start() {
        if (connection.memory().isLost()) {
            return backingOff();
        }
        connection.shown().closed();
        connection.owner().accept(new Ready());
        return in(new IdlePhase());
    }

    private Behavior<Command> backingOff() {
        Duration pause = connection.nextPause();
        int number = connection.memory().nextNumber();
        timers.startSingleTimer(Timer.BACKOFF, new Due(number, Timer.BACKOFF), pause);
        connection.shown().backingOff(pause);
        return in(new BackingOffPhase(number));
    }

    /** The behaviour of a phase. It drops stale messages and those that do not fit the phase, and leaves no socket open. */
    private Behavior<Command> in(PhaseBehavior phase) {
        var acting = new Acting(phase);
        return Behaviors.receive(Command.class)
                // First, as nearly all messages are events.
                .onMessage(
                        ConnectionEvent.class,
                        event -> event.number() == phase.number(),
                        event -> event.to(phase).to(acting))
                .onMessage(Report.class, report -> {
                    connection
                            .owner()
                            .accept(new Reported(
                                    phase.busyWith(), connection.memory().lastEnd(), phase.isReady()));
                    return Behaviors.same();
                })
                .onMessage(Deliver.class, delivery -> {
                    if (phase.isReady()) {
                        return phase.deliver(delivery).to(acting);
                    }
                    // The connection was lost after Ready was sent. The owner sends the document again after the next
                    // Ready.
                    tellEnd(delivery, delivery.unsent(), false);
                    return Behaviors.same();
                })
                .onMessage(Cancel.class, cancel -> {
                    boolean isUnderWay = cancel.attempt().equals(phase.busyWith());
                    return isUnderWay ? phase.cancel().to(acting) : Behaviors.same();
                })
                .onMessage(Probe.class, probe -> phase.probe().to(acting))
                .onMessage(Retire.class, retire -> phase.retire().to(acting))
                .onMessage(Interrupt.class, interrupt -> phase.interrupt().to(acting))
                // A connection of an earlier try, which nobody uses: its socket must not stay open.
                .onMessage(Connected.class, stale -> {
                    var unused = stale.line().close();
                    return Behaviors.same();
                })
                .onMessage(ConnectionEvent.class, stale -> Behaviors.same())
                .onSignal(PreRestart.class, signal -> dropped(phase))
                .onSignal(PostStop.class, signal -> dropped(phase))
                .build();
    }

    private static Behavior<Command> dropped(PhaseBehavior phase) {
        phase.drop();
        return Behaviors.same();
    }

    /** Acts on a phase's transitions. {@link ConnectionPhase} shows which phase can follow which. */
    private final class Acting implements Transition.Actor<Behavior<Command>> {
        private final PhaseBehavior from;

        Acting(PhaseBehavior from) {
            this.from = from;
        }

        @Override
        public Behavior<Command> stay(Transition.Stay stay) {
            return Behaviors.same();
        }

        @Override
        public Behavior<Command> rest(Transition.Rest rest) {
            leaveFor(ConnectionPhase.IDLE);
            connection.shown().closed();
            return in(new IdlePhase());
        }

        @Override
        public Behavior<Command> connect(Transition.Connect connect) {
            leaveFor(ConnectionPhase.CONNECTING);
            connection.shown().connecting();
            int number = connection.memory().nextNumber();
            var connector = new Connector(context, timers, connection.services(), connection.settings(), number);
            return in(new ConnectingPhase(connection, connector, connect));
        }

        @Override
        public Behavior<Command> hold(Transition.Hold hold) {
            leaveFor(ConnectionPhase.HOLDING);
            return in(new HoldingPhase(connection, hold.line(), hold.attempt()));
        }

        @Override
        public Behavior<Command> send(Transition.Send send) {
            leaveFor(ConnectionPhase.DELIVERING);
            return in(new DeliveringPhase(connection, send));
        }

        @Override
        public Behavior<Command> await(Transition.Await await) {
            check(ConnectionPhase.WAITING);
            return in(new WaitingPhase(connection, await.line(), await.use()));
        }

        @Override
        public Behavior<Command> check(Transition.Check check) {
            leaveFor(ConnectionPhase.CHECKING);
            return in(new CheckingPhase(connection, check.line(), check.delivery()));
        }

        @Override
        public Behavior<Command> startProbe(Transition.StartProbe wanted) {
            leaveFor(ConnectionPhase.PROBING);
            var phase = new ProbingPhase(connection, wanted.line());
            return phase.isOver() ? new Transition.EndProbe(false, wanted.line()).to(new Acting(phase)) : in(phase);
        }

        @Override
        public Behavior<Command> endProbe(Transition.EndProbe probed) {
            OpenLine line = probed.line();
            leaveFor(line == null ? ConnectionPhase.IDLE : ConnectionPhase.WAITING);
            connection.memory().regained();
            if (line == null) {
                connection.shown().closed();
            } else {
                line.start(Timer.IDLE, HoldingPhase.KEPT_FOR);
            }
            connection.owner().accept(new Probed(probed.healthy()));
            return in(line == null ? new IdlePhase() : new WaitingPhase(connection, line, Use.REPLACE));
        }

        @Override
        public Behavior<Command> conclude(Transition.Conclude ended) {
            timers.cancelAll();
            connection.shown().attemptIsOver();
            return ended.result()
                    .fold(
                            delivered -> {
                                connection.memory().worked();
                                return sound(ended);
                            },
                            failed -> failed(ended, failed),
                            canceled -> sound(ended));
        }

        private Behavior<Command> failed(Transition.Conclude ended, Failed failed) {
            DeliveryFailure failure = failed.failure();
            if (failure.leavesConnectionSound()) {
                return sound(ended);
            }
            tellEnd(ended.delivery(), failed, false);
            boolean isAway = ended.delivery() == null || failure.phase() == Phase.CONNECT;
            throw loss(isAway ? failure : null, failure.cause().keyword());
        }

        private Behavior<Command> sound(Transition.Conclude ended) {
            tellEnd(ended.delivery(), ended.result(), true);
            OpenLine line = ended.line();
            if (line == null || !line.isOpen()) {
                return Transition.REST.to(this);
            }
            check(ConnectionPhase.WAITING);
            return in(WaitingPhase.afterAJob(connection, line));
        }

        @Override
        public Behavior<Command> giveBack(Transition.GiveBack given) {
            connection.shown().attemptIsOver();
            tellEnd(given.delivery(), given.delivery().unsent(), false);
            throw loss(null, "judgement reopened");
        }

        @Override
        public Behavior<Command> lost(Transition.Lost lost) {
            throw loss(lost.away(), lost.why());
        }

        private ConnectionLostException loss(@Nullable DeliveryFailure away, String why) {
            check(ConnectionPhase.BACKING_OFF);
            int failures = connection.memory().lost(away, connection.nowNanos());
            context.getLog()
                    .atLevel(failures == 1 ? Level.INFO : Level.DEBUG)
                    .log(
                            "Connection to {} lost: {} ({} in a row): {}",
                            connection.uri(),
                            why,
                            failures,
                            away == null ? "" : away.message());
            return new ConnectionLostException(why);
        }

        private void leaveFor(ConnectionPhase next) {
            check(next);
            timers.cancelAll();
            connection.shown().attemptIsOver();
        }

        private void check(ConnectionPhase next) {
            assert next == from.kind() || from.kind().next().containsKey(next)
                    : from.kind() + " does not lead to " + next;
        }
    }

    private void tellEnd(@Nullable Deliver delivery, DeliveryResult result, boolean ready) {
        if (delivery != null) {
            var ended = new Ended(delivery.attempt(), result, ready);
            connection.memory().ended(ended);
            connection.owner().accept(ended);
        }
    }
}
