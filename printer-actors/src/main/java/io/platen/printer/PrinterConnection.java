package io.platen.printer;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.PreRestart;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.BehaviorBuilder;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.LineEvent.ConnectFailed;
import io.platen.printer.LineEvent.Due;
import io.platen.printer.LineEvent.Timer;
import io.platen.printer.LineStatus.State;
import io.platen.printer.LineSupervision.JobRejectedException;
import io.platen.printer.LineSupervision.LineLostException;
import io.platen.printer.LineSupervision.LineProvenException;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.printer.diagnosis.DeliveryResult.Canceled;
import io.platen.printer.diagnosis.DeliveryResult.Delivered;
import io.platen.printer.diagnosis.DeliveryResult.Failed;
import io.platen.printer.diagnosis.Diagnosis;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Evidence;
import io.platen.printer.diagnosis.Evidence.End;
import io.platen.printer.diagnosis.Phase;
import io.platen.printer.transport.TcpInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Owns the line to one printer and delivers one document at a time over it.
 *
 * <p>It queues nothing. Its owner waits for {@link Ready} (or an {@link Ended} that says so), gives
 * one {@link Deliver}, and hears exactly one {@link Ended} for it, unless this actor dies of a bug:
 * then a {@link Ready} comes without it. After a failure to connect, the restarted actor first
 * connects, and only then says that it is ready: a printer that is away costs no attempt.
 */
public final class PrinterConnection {

    /** What it can be told. */
    public sealed interface Command permits Deliver, Cancel, Probe, Report, Interrupt, Settled, Lose, LineEvent {}

    /** Deliver this. {@code document} may be run more than once: a stale connection is replaced. */
    public record Deliver(AttemptId attempt, Source<ByteString, ?> document, long totalBytes) implements Command {}

    /** Take that attempt back: stop sending, throw away what is unsent. */
    public record Cancel(AttemptId attempt) implements Command {}

    /** See how the printer is: connect, and ask for its status where its language can. */
    public record Probe() implements Command {}

    /** Say how things stand: for an owner that has been restarted. Answered with {@link Reported}. */
    public record Report() implements Command {}

    /** The process is going down: end what is under way now. */
    public record Interrupt() implements Command {}

    /** What its owner hears. */
    public sealed interface Signal permits Ready, Ended, Reopened, Probed, Reported, StatusChanged {}

    /** Nothing is under way; a document can come. */
    public record Ready() implements Signal {}

    /**
     * How things stand.
     *
     * @param busyWith the attempt under way, or null
     * @param lastEnd the end of the latest attempt, or null before the first
     * @param ready whether a document can come at once
     */
    public record Reported(
            @Nullable AttemptId busyWith, @Nullable Ended lastEnd, boolean ready) implements Signal {}

    /** An attempt is over. With {@code ready}, the next can come at once; else {@link Ready} follows. */
    public record Ended(AttemptId attempt, DeliveryResult result, boolean ready) implements Signal {}

    /**
     * An attempt that had ended well on a connection that stays open did not: the printer reset or refused
     * soon after.
     */
    public record Reopened(AttemptId attempt, Failed result) implements Signal {}

    /** The printer let us connect, and said that it is well, or said nothing of it. The next can come at once. */
    public record Probed(boolean healthy) implements Signal {}

    /** The line's state has changed. */
    public record StatusChanged(LineStatus status) implements Signal {}

    /** A job was rejected, its end can be told. */
    private record Settled(@Nullable Deliver delivery, Failed failed) implements Command {}

    /** The line was lost before the restart; now comes the pause. */
    private record Lose(Cause cause) implements Command {}

    private static final Duration HOLD = Duration.ofSeconds(5);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final ConnectionSettings settings;
    private final PrinterServices services;
    private final Consumer<Signal> owner;
    private final LineMemory memory;
    private final Settling settling;

    private @Nullable OpenLine line;
    private @Nullable Instant stalledSince;
    private boolean delivering;

    private PrinterConnection(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ConnectionSettings settings,
            PrinterServices services,
            Consumer<Signal> owner,
            LineMemory memory) {
        this.context = context;
        this.timers = timers;
        this.settings = settings;
        this.services = services;
        this.owner = owner;
        this.memory = memory;
        this.settling = new Settling(settings, services.clock());
    }

    /** A connection under {@link LineSupervision}. */
    public static Behavior<Command> create(
            ConnectionSettings settings, PrinterServices services, Consumer<Signal> owner) {
        return Behaviors.setup(outer -> {
            var memory = new LineMemory(services.localPorts());
            Behavior<Command> connection = Behaviors.setup(context -> Behaviors.withTimers(
                    timers -> new PrinterConnection(context, timers, settings, services, owner, memory).start()));
            return LineSupervision.supervised(connection, settings);
        });
    }

    private Behavior<Command> start() {
        Cause loss = memory.takeLossToPauseFor();
        if (loss != null) {
            context.getSelf().tell(new Lose(loss));
            return receiving().build();
        }
        if (memory.isAway()) {
            return connecting(Purpose.RETURN, null);
        }
        status(State.CLOSED, null);
        owner.accept(new Ready());
        return idle();
    }

    private Behavior<Command> idle() {
        return receiving()
                .onMessage(Deliver.class, delivery -> connecting(Purpose.DELIVERY, delivery))
                .onMessage(Probe.class, probe -> connecting(Purpose.PROBE, null))
                .onMessage(Report.class, report -> report(null, true))
                .build();
    }

    // Connecting ---------------------------------------------------------------------------------

    /** Why we connect. */
    private enum Purpose {
        DELIVERY,
        PROBE,
        /** The printer was away: see whether it is back before asking for a job. */
        RETURN
    }

    private Behavior<Command> connecting(Purpose purpose, @Nullable Deliver delivery) {
        int number = memory.nextLine();
        long total = delivery == null ? 0 : delivery.totalBytes();
        var attempt = new Attempt(total, 0);
        status(State.CONNECTING, null);
        connectWhenPortIsFree(number);
        return receiving()
                .onMessage(Due.class, due -> {
                    if (due.line() == number && due.timer() == Timer.PORT) {
                        connectWhenPortIsFree(number);
                    }
                    return Behaviors.same();
                })
                .onMessage(LineEvent.Resolved.class, resolved -> {
                    if (resolved.line() == number) {
                        attempt.resolved(resolved.address(), settings.socket());
                        line = Connecting.open(context, timers, services, settings, resolved);
                    }
                    return Behaviors.same();
                })
                .onMessage(LineEvent.Connected.class, connected -> {
                    if (connected.line() != number || line == null) {
                        return Behaviors.same();
                    }
                    attempt.connected(line.line());
                    status(State.OPEN, null);
                    return switch (purpose) {
                        case DELIVERY -> delivering(line, Objects.requireNonNull(delivery), attempt, false);
                        case PROBE -> probing(line);
                        case RETURN -> holding(line);
                    };
                })
                .onMessage(ConnectFailed.class, failed -> {
                    if (failed.line() != number) {
                        return Behaviors.same();
                    }
                    line = null;
                    attempt.connectFailed(failed.cause());
                    var evidence = attempt.evidence(
                            End.NOT_CONNECTED,
                            failed.cause(),
                            null,
                            settings,
                            services.clock().instant());
                    return onResult(delivery, Diagnosis.judge(evidence));
                })
                .onMessage(Cancel.class, cancel -> {
                    if (delivery == null || !cancel.attempt().equals(delivery.attempt())) {
                        return Behaviors.same();
                    }
                    drop();
                    return onResult(delivery, new Canceled(ByteCounts.none(total)));
                })
                .onMessage(Interrupt.class, interrupt -> {
                    drop();
                    return delivery == null
                            ? Behaviors.same()
                            : onResult(delivery, new Canceled(ByteCounts.none(total)));
                })
                .onMessage(Report.class, report -> report(delivery, false))
                .build();
    }

    private void connectWhenPortIsFree(int number) {
        Duration wait = memory.waitForPort();
        if (wait.isZero()) {
            Connecting.resolve(context, services, settings, number);
        } else {
            timers.startSingleTimer(Timer.PORT, new Due(number, Timer.PORT), wait);
        }
    }

    // Delivering ---------------------------------------------------------------------------------

    private Behavior<Command> delivering(OpenLine open, Deliver delivery, Attempt attempt, boolean reused) {
        delivering = true;
        Duration patience = memory.closePatience(settings);
        if (memory.hasLearned(settings)) {
            attempt.closeIsNotExpected(patience, memory.closesMissed());
        }
        var work = new Delivering(open, delivery, attempt, settings, patience, services.clock(), new Delivering.Next() {
            @Override
            public Behavior<Command> ended(Evidence evidence, boolean keptOpen) {
                return onDeliveryEnded(delivery, attempt, evidence, keptOpen, reused);
            }

            @Override
            public void saidOfTheJobBefore(byte[] words, long atNanos) {
                onWordsForTheJobBefore(open, words, atNanos);
            }

            @Override
            public void stalled(boolean stalled) {
                stalledSince = stalled ? services.clock().instant() : null;
                status(State.OPEN, null);
            }
        });
        return receiving()
                .onMessage(LineEvent.class, event -> event.line() == open.number() ? work.on(event) : Behaviors.same())
                .onMessage(
                        Cancel.class,
                        cancel -> cancel.attempt().equals(delivery.attempt())
                                ? aborting(work, delivery, false)
                                : Behaviors.same())
                .onMessage(Interrupt.class, interrupt -> aborting(work, delivery, true))
                .onMessage(Report.class, report -> report(delivery, false))
                .build();
    }

    /** Waits for the kernel's last word on a delivery that we have ended ourselves. */
    private Behavior<Command> aborting(Delivering work, Deliver delivery, boolean interrupted) {
        boolean isTaken = interrupted && work.isTaken();
        if (isTaken) {
            // Only the printer's close is awaited, and a reset could take what it has not read.
            work.close();
        } else {
            work.abort();
        }
        return receiving()
                .onMessage(LineEvent.Closed.class, closed -> {
                    line = null;
                    work.observe(closed.info());
                    var evidence = work.evidence(isTaken ? End.CLOSE_TIMEOUT : End.INTERRUPTED);
                    return onResult(delivery, interrupted ? Diagnosis.judge(evidence) : new Canceled(evidence.bytes()));
                })
                .onMessage(Report.class, report -> report(delivery, false))
                .build();
    }

    private Behavior<Command> onDeliveryEnded(
            Deliver delivery, Attempt attempt, Evidence evidence, boolean keptOpen, boolean reused) {
        OpenLine open = Objects.requireNonNull(line);
        if (!keptOpen) {
            line = null;
        }
        boolean isOwn = evidence.lastWords() != null || attempt.hasPeerFinished();
        if (evidence.end() == End.RESET && !isOwn) {
            reopen(settling.ended(open, evidence.error(), attempt.brokenAtNanos()));
        }
        if (reused && isStale(evidence, settings.mayRepeat())) {
            context.getLog().debug("The idle connection was stale, opening a fresh one");
            return reconnecting(delivery);
        }
        memory.closed(evidence.end());
        DeliveryResult result = Diagnosis.judge(evidence);
        if (keptOpen && result instanceof Delivered) {
            settling.judged(delivery.attempt(), attempt, open);
        } else {
            settling.forget();
        }
        return onResult(delivery, result);
    }

    private Behavior<Command> reconnecting(Deliver delivery) {
        delivering = false;
        stalledSince = null;
        timers.cancelAll();
        return connecting(Purpose.DELIVERY, delivery);
    }

    /** A reused connection on which nothing came through was dead before: not the job's fault. */
    private static boolean isStale(Evidence evidence, boolean mayRepeat) {
        Long acknowledged = evidence.bytes().acknowledged();
        boolean ended = switch (evidence.end()) {
            case RESET, PEER_FIN, SILENCE -> true;
            default -> false;
        };
        return ended
                && evidence.lastWords() == null
                && (acknowledged == null ? evidence.bytes().written() == 0 : acknowledged == 0)
                && (mayRepeat || evidence.bytes().written() == 0);
    }

    private void reopen(Optional<Reopened> reopened) {
        reopened.ifPresent(attempt -> {
            context.getLog()
                    .info(
                            "Attempt {} of job {} is judged again: {}",
                            attempt.attempt().number(),
                            attempt.attempt().job(),
                            attempt.result().failure().message());
            owner.accept(attempt);
        });
    }

    // The end of an attempt ----------------------------------------------------------------------

    private Behavior<Command> onResult(@Nullable Deliver delivery, DeliveryResult result) {
        timers.cancelAll();
        stalledSince = null;
        delivering = false;
        return result.fold(
                delivered -> onDelivered(delivery, delivered),
                failed -> onFailed(delivery, failed),
                canceled -> onEnded(delivery, canceled));
    }

    private Behavior<Command> onDelivered(@Nullable Deliver delivery, Delivered delivered) {
        memory.worked();
        return onEnded(delivery, delivered);
    }

    private Behavior<Command> onFailed(@Nullable Deliver delivery, Failed failed) {
        DeliveryFailure failure = failed.failure();
        boolean lineIsSound = switch (failure.cause()) {
            case PRINTER_REJECTED, DOCUMENT_UNREADABLE, INTERRUPTED -> true;
            default -> false;
        };
        if (lineIsSound) {
            context.getSelf().tell(new Settled(delivery, failed));
            throw new JobRejectedException(failure.cause());
        }
        boolean away = failure.phase() == Phase.CONNECT;
        int failures = memory.lost(away);
        var level = failures == 1 ? Level.INFO : Level.DEBUG;
        context.getLog()
                .atLevel(level)
                .log(
                        "Line to {} lost: {} ({} in a row): {}",
                        settings.address().uri(),
                        failure.cause().keyword(),
                        failures,
                        failure.message());
        status(State.BACKING_OFF, away ? failure : null);
        tellEnd(delivery, failed, false);
        throw lost(failure.cause());
    }

    private Behavior<Command> onEnded(@Nullable Deliver delivery, DeliveryResult result) {
        tellEnd(delivery, result, true);
        if (line != null && line.line().isOpen()) {
            return keeping(line);
        }
        line = null;
        status(State.CLOSED, null);
        return idle();
    }

    /** The pause doubles from failure to failure; one that follows a success begins with the smallest. */
    private RuntimeException lost(Cause cause) {
        if (memory.takeProven()) {
            memory.pauseAfterRestart(cause);
            return new LineProvenException();
        }
        return new LineLostException(cause);
    }

    private void tellEnd(@Nullable Deliver delivery, DeliveryResult result, boolean ready) {
        if (delivery != null) {
            var ended = new Ended(delivery.attempt(), result, ready);
            memory.ended(ended);
            owner.accept(ended);
        }
    }

    // Lines that wait ----------------------------------------------------------------------------

    /** The printer is back: hold the line for the job that is about to come. */
    private Behavior<Command> holding(OpenLine open) {
        memory.reached();
        context.getLog().info("{} can be reached again", settings.address().uri());
        status(State.OPEN, null);
        open.start(Timer.IDLE, HOLD);
        owner.accept(new Ready());
        return waiting(open, delivery -> {
            var attempt = new Attempt(delivery.totalBytes(), 0);
            attempt.connected(open.line());
            return delivering(open, delivery, attempt, false);
        });
    }

    /** The connection stays open between jobs and is watched. */
    private Behavior<Command> keeping(OpenLine open) {
        open.line().idles();
        open.start(Timer.IDLE, settings.idleTimeout());
        return waiting(open, delivery -> checking(open, delivery));
    }

    /** Whether the printer still knows of the connection. */
    private Behavior<Command> checking(OpenLine open, Deliver delivery) {
        var attempt = new Attempt(delivery.totalBytes(), open.line().written());
        attempt.reuses(open.line());
        var work = new AliveCheck(open, new AliveCheck.Next() {
            @Override
            public Behavior<Command> alive() {
                timers.cancelAll();
                return delivering(open, delivery, attempt, true);
            }

            @Override
            public Behavior<Command> stale(String why, @Nullable Throwable reset) {
                context.getLog().debug("The idle connection was stale, {}; opening a fresh one", why);
                reopen(settling.ended(open, reset, System.nanoTime()));
                return replaced();
            }

            @Override
            public Behavior<Command> late(LineEvent.Replied replied) {
                onWordsForTheJobBefore(open, replied.bytes().toArray(), System.nanoTime());
                return replaced();
            }

            private Behavior<Command> replaced() {
                line = null;
                open.close();
                return reconnecting(delivery);
            }
        });
        return receiving()
                .onMessage(LineEvent.class, event -> event.line() == open.number() ? work.on(event) : Behaviors.same())
                .onMessage(
                        Cancel.class,
                        cancel -> cancel.attempt().equals(delivery.attempt())
                                ? notSent(open, delivery)
                                : Behaviors.same())
                .onMessage(Interrupt.class, interrupt -> notSent(open, delivery))
                .onMessage(Report.class, report -> report(delivery, false))
                .build();
    }

    private Behavior<Command> notSent(OpenLine open, Deliver delivery) {
        open.close();
        line = null;
        return onResult(delivery, new Canceled(ByteCounts.none(delivery.totalBytes())));
    }

    private Behavior<Command> waiting(OpenLine open, Function<Deliver, Behavior<Command>> onDeliver) {
        return receiving()
                .onMessage(Deliver.class, delivery -> {
                    timers.cancelAll();
                    return onDeliver.apply(delivery);
                })
                .onMessage(Probe.class, probe -> {
                    timers.cancelAll();
                    return probing(open);
                })
                .onMessage(LineEvent.Replied.class, replied -> {
                    if (replied.line() != open.number()) {
                        return Behaviors.same();
                    }
                    return onLateReply(open, replied);
                })
                .onMessage(LineEvent.class, event -> {
                    if (event.line() != open.number() || !endsWaiting(event)) {
                        return Behaviors.same();
                    }
                    if (event instanceof LineEvent.Broken broken) {
                        reopen(settling.ended(open, broken.cause(), System.nanoTime()));
                    } else if (event instanceof LineEvent.Sampled sampled) {
                        reopen(settling.ended(open, pendingError(sampled), sampled.askedAtNanos()));
                    }
                    return closeAndIdle(open);
                })
                .onMessage(Interrupt.class, interrupt -> closeAndIdle(open))
                .onMessage(Report.class, report -> report(null, true))
                .build();
    }

    /** It must not be taken for the next job's: the connection is not used again, but heard, for more may come. */
    private Behavior<Command> onLateReply(OpenLine open, LineEvent.Replied replied) {
        if (onWordsForTheJobBefore(open, replied.bytes().toArray(), System.nanoTime())) {
            return closeAndIdle(open);
        }
        return waiting(open, delivery -> {
            line = null;
            open.close();
            return reconnecting(delivery);
        });
    }

    /** Whether they speak against it. */
    private boolean onWordsForTheJobBefore(OpenLine open, byte[] words, long atNanos) {
        String text = new String(words, StandardCharsets.ISO_8859_1);
        context.getLog().info("The printer said, after a job: {}", text);
        var reopened = settling.said(open, words, atNanos);
        reopen(reopened);
        return reopened.isPresent();
    }

    /** The error of an RST that a late sample has taken: nothing else will tell of it. */
    private static @Nullable Throwable pendingError(LineEvent.Sampled sampled) {
        Errno errno = sampled.info().map(TcpInfo::error).map(Errno::ofLinux).orElse(null);
        return errno == null ? null : errno.exception();
    }

    private static boolean endsWaiting(LineEvent event) {
        return event instanceof LineEvent.PeerFinished
                || (event instanceof LineEvent.Sampled sampled && pendingError(sampled) != null)
                || event instanceof LineEvent.Broken
                || (event instanceof Due due && due.timer() == Timer.IDLE);
    }

    private Behavior<Command> closeAndIdle(OpenLine open) {
        line = null;
        open.close();
        status(State.CLOSED, null);
        return idle();
    }

    // Probing ------------------------------------------------------------------------------------

    private Behavior<Command> probing(OpenLine open) {
        var work = new Probing(open, settings.language(), new Probing.Next() {
            @Override
            public Behavior<Command> healthy() {
                return onProbed(open, true);
            }

            @Override
            public Behavior<Command> unwell() {
                return onUnwell(open);
            }

            @Override
            public Behavior<Command> silent() {
                return onProbed(open, false);
            }
        });
        return work.start(receiving()
                .onMessage(LineEvent.class, event -> event.line() == open.number() ? work.on(event) : Behaviors.same())
                .onMessage(Interrupt.class, interrupt -> closeAndIdle(open))
                .onMessage(Report.class, report -> report(null, false))
                .build());
    }

    private Behavior<Command> onProbed(OpenLine open, boolean healthy) {
        var idle = closeAndIdle(open);
        owner.accept(new Probed(healthy));
        return idle;
    }

    /** It says itself that it cannot print: ask again after the backoff. */
    private Behavior<Command> onUnwell(OpenLine open) {
        open.close();
        line = null;
        memory.lost(false);
        status(State.BACKING_OFF, null);
        throw lost(Cause.STALLED);
    }

    // Common to all phases -----------------------------------------------------------------------

    /** What is late or does not fit the phase is dropped; a stop or restart leaves no socket behind. */
    private BehaviorBuilder<Command> receiving() {
        return Behaviors.receive(Command.class)
                .onMessage(Settled.class, settled -> onEnded(settled.delivery(), settled.failed()))
                .onMessage(Lose.class, lost -> {
                    throw new LineLostException(lost.cause());
                })
                .onSignal(PreRestart.class, signal -> {
                    drop();
                    return Behaviors.same();
                })
                .onSignal(PostStop.class, signal -> {
                    drop();
                    return Behaviors.same();
                });
    }

    private void drop() {
        memory.nextLine();
        if (line != null && delivering) {
            line.abort();
        } else if (line != null) {
            line.close();
        }
        line = null;
    }

    private Behavior<Command> report(@Nullable Deliver delivery, boolean ready) {
        owner.accept(new Reported(delivery == null ? null : delivery.attempt(), memory.lastEnd(), ready));
        return Behaviors.same();
    }

    private void status(State state, @Nullable DeliveryFailure away) {
        var now = services.clock().instant();
        owner.accept(new StatusChanged(new LineStatus(
                state,
                now,
                state == State.BACKING_OFF ? now.plus(memory.nominalBackoff(settings)) : null,
                line == null ? null : Connecting.text(line.line().local()),
                line == null ? null : Connecting.text(line.line().remote()),
                away,
                state == State.OPEN ? stalledSince : null)));
    }
}
