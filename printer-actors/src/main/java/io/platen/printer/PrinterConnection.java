package io.platen.printer;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.PreRestart;
import akka.actor.typed.SupervisorStrategy;
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
import io.platen.printer.diagnosis.Printable;
import io.platen.printer.language.DeviceStatus;
import io.platen.printer.language.Frame;
import io.platen.printer.transport.TcpInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Owns the line to one printer and delivers one document at a time over it.
 *
 * <p>It queues nothing. Its owner waits for {@link Ready} (or an {@link Ended} that says so), gives
 * one {@link Deliver}, and hears exactly one {@link Ended} for it, unless this actor dies of a bug:
 * then a {@link Ready} comes without it.
 *
 * <p>A lost line is an exception to its supervisor, which restarts this actor; the restarted actor pauses, connects, and
 * says that it is ready only when a connection has held for a moment without a byte being sent. So a printer that is away
 * or resets whatever connects costs no attempt, however long that lasts.
 */
public final class PrinterConnection {

    /** What it can be told. */
    public sealed interface Command permits Deliver, Cancel, Probe, Report, Interrupt, Retire, LineEvent {}

    /** Deliver this. {@code document} may be run more than once: a stale connection is replaced. */
    public record Deliver(AttemptId attempt, Source<ByteString, ?> document, long totalBytes, Brief brief)
            implements Command {
        /** Of which nothing special is known. */
        public Deliver(AttemptId attempt, Source<ByteString, ?> document, long totalBytes) {
            this(attempt, document, totalBytes, Brief.PLAIN);
        }

        /** The same, for a printer that may hold a part of a format. */
        Deliver afterPart() {
            return new Deliver(attempt, document, totalBytes, brief.afterPart());
        }
    }

    /** Take that attempt back: stop sending. */
    public record Cancel(AttemptId attempt) implements Command {}

    /** See how the printer is: connect, and ask for its status where its language can. */
    public record Probe() implements Command {}

    /** Say how things stand: for an owner that has been restarted. Answered with {@link Reported}. */
    public record Report() implements Command {}

    /** The process is going down: end what is under way now. */
    public record Interrupt() implements Command {}

    /** The printer's settings have changed: an attempt that stands still ends, one that makes headway goes on. */
    public record Retire() implements Command {}

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
    public record Reopened(AttemptId attempt, Failed result) implements Signal {

        /** Whether the line is lost with it: then nothing can be sent before {@link Ready}. */
        public boolean isLoss() {
            return result.failure().cause() != Cause.PRINTER_REJECTED;
        }
    }

    /**
     * A connection to the printer stands.
     *
     * @param healthy whether the printer also said that it is well; else it said nothing of it
     */
    public record Probed(boolean healthy) implements Signal {}

    /** The line's state has changed. */
    public record StatusChanged(LineStatus status) implements Signal {}

    /** The one fault that is thrown: the line is lost, and its supervisor restarts the connection. */
    private static final class ConnectionLostException extends RuntimeException {
        ConnectionLostException(String cause) {
            super(cause);
        }
    }

    private static final long PROGRESS_EVERY_NANOS = 1_000_000_000L;
    private static final long FIRST_PROGRESS_NANOS = 300_000_000L;

    /** How long a connection that has held waits for a document. */
    private static final Duration HOLD = Duration.ofSeconds(5);

    /** What a printer says of itself without end is published this often. */
    private static final Duration DEVICE_EVERY = Duration.ofSeconds(1);

    /** Of a printer's words, so many characters are shown and logged. */
    private static final int WORDS_SHOWN = 256;

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final ConnectionSettings settings;
    private final PrinterServices services;
    private final Consumer<Signal> owner;
    private final LineMemory memory;
    private final LateVerdict late;

    private State state = State.CLOSED;
    private Instant stateSince;
    private @Nullable Connecting underConstruction;
    private @Nullable OpenLine line;
    private @Nullable Instant stalledSince;
    private LineStatus.@Nullable Sending sending;
    private long sendingShownAtNanos;
    private @Nullable Instant unansweredSince;
    private @Nullable Instant nextAttemptAt;
    private @Nullable Instant devicePublishedAt;
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
        this.late = new LateVerdict(settings, services.clock());
        this.stateSince = services.clock().instant();
    }

    /** A supervised connection. A bug in it restarts it after a pause, too, and never reaches another printer. */
    public static Behavior<Command> create(
            ConnectionSettings settings, PrinterServices services, Consumer<Signal> owner) {
        return Behaviors.setup(outer -> {
            var memory = new LineMemory(services.localPorts(), settings.leastPause(), System.nanoTime());
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
        if (memory.isLost()) {
            return backingOff();
        }
        status(State.CLOSED);
        owner.accept(new Ready());
        return idle();
    }

    private Behavior<Command> idle() {
        return receiving(null, true)
                .onMessage(Deliver.class, delivery -> connecting(Purpose.DELIVERY, delivery))
                .onMessage(Probe.class, probe -> connecting(Purpose.PROBE, null))
                .build();
    }

    /** The pause after a loss. Then a connection must hold before a document is asked for. */
    private Behavior<Command> backingOff() {
        DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
        Duration away = memory.awayFor(System.nanoTime());
        Duration pause = away == null
                ? settings.backoff().pause(memory.failuresInARow(), random)
                : settings.backoff().pauseWhileAway(memory.failuresInARow(), away, random);
        nextAttemptAt = services.clock().instant().plus(pause);
        int number = memory.nextLine();
        timers.startSingleTimer(Timer.BACKOFF, new Due(number, Timer.BACKOFF), pause);
        status(State.BACKING_OFF);
        return receiving(null, false)
                .onMessage(Due.class, due -> {
                    if (due.line() != number) {
                        return Behaviors.same();
                    }
                    nextAttemptAt = null;
                    return connecting(Purpose.RETURN, null);
                })
                .build();
    }

    // Connecting ---------------------------------------------------------------------------------

    /** Why we connect. */
    private enum Purpose {
        DELIVERY,
        PROBE,
        /** The line was lost: see whether a connection holds before asking for a job. */
        RETURN
    }

    private Behavior<Command> connecting(Purpose purpose, @Nullable Deliver delivery) {
        int number = memory.nextLine();
        long total = delivery == null ? 0 : delivery.totalBytes();
        var attempt = new Attempt(total, 0);
        var connecting = new Connecting(context, services, settings, number);
        underConstruction = connecting;
        status(State.CONNECTING);
        connectWhenItMay(connecting, number);
        return receiving(delivery, false)
                .onMessage(Due.class, due -> {
                    if (due.line() == number && due.timer() == Timer.PORT) {
                        connectWhenItMay(connecting, number);
                    }
                    return Behaviors.same();
                })
                .onMessage(LineEvent.Resolved.class, resolved -> {
                    if (resolved.line() == number) {
                        attempt.resolved(resolved.found(), settings);
                        connecting.connect(resolved.found());
                    }
                    return Behaviors.same();
                })
                .onMessage(LineEvent.Trying.class, trying -> {
                    if (trying.line() == number) {
                        attempt.trying(trying.address(), settings.socket());
                    }
                    return Behaviors.same();
                })
                .onMessage(LineEvent.Failed.class, failed -> {
                    if (failed.line() == number) {
                        attempt.connectFailed(failed.cause());
                    }
                    return Behaviors.same();
                })
                .onMessage(LineEvent.Connected.class, connected -> {
                    if (connected.line() != number) {
                        var unused = connected.stands().close();
                        return Behaviors.same();
                    }
                    underConstruction = null;
                    line = new OpenLine(number, connected.stands(), context, timers, settings.frameReader());
                    attempt.connected(line.line());
                    contact();
                    status(State.OPEN);
                    return switch (purpose) {
                        case DELIVERY -> delivering(line, Objects.requireNonNull(delivery), attempt, false);
                        case PROBE -> probing(line);
                        case RETURN -> holding(line, attempt);
                    };
                })
                .onMessage(ConnectFailed.class, failed -> {
                    if (failed.line() != number) {
                        return Behaviors.same();
                    }
                    underConstruction = null;
                    memory.connectionEnded(System.nanoTime());
                    if (attempt.isUntried()) {
                        attempt.connectFailed(failed.cause());
                    }
                    var evidence = attempt.evidence(End.NOT_CONNECTED, failed.cause(), null, settings, now());
                    return onResult(delivery, Diagnosis.judge(evidence));
                })
                .onMessage(Cancel.class, cancel -> {
                    if (delivery == null || !cancel.attempt().equals(delivery.attempt())) {
                        return Behaviors.same();
                    }
                    drop();
                    return onResult(delivery, new Canceled(ByteCounts.none(total)));
                })
                .onMessage(Retire.class, retire -> {
                    if (delivery == null) {
                        return Behaviors.same();
                    }
                    drop();
                    return onResult(delivery, new Canceled(ByteCounts.none(total)));
                })
                .onMessage(Interrupt.class, interrupt -> {
                    drop();
                    return delivery == null
                            ? closedAndIdle()
                            : onResult(delivery, new Canceled(ByteCounts.none(total)));
                })
                .build();
    }

    private void connectWhenItMay(Connecting connecting, int number) {
        Duration wait = memory.waitForConnection(System.nanoTime());
        if (wait.isZero()) {
            connecting.resolve();
        } else {
            timers.startSingleTimer(Timer.PORT, new Due(number, Timer.PORT), wait);
        }
    }

    /** A fresh connection after a loss: does the printer leave it alone for a moment? Nothing is sent yet. */
    private Behavior<Command> holding(OpenLine open, Attempt attempt) {
        open.start(Timer.HELD, settings.holdTime());
        return listening(open, null, false, words -> Behaviors.same())
                .onMessage(LineEvent.class, event -> {
                    if (event.line() != open.number()) {
                        return Behaviors.same();
                    }
                    if (event instanceof LineEvent.PeerFinished) {
                        // Some printers half-close at once, and read all the same.
                        attempt.peerFinished();
                    } else if (event instanceof LineEvent.Broken broken) {
                        closeNow(open);
                        attempt.broken(broken.cause());
                        var evidence = attempt.evidence(End.NOT_HELD, broken.cause(), null, settings, now());
                        return onResult(null, Diagnosis.judge(evidence));
                    } else if (event instanceof Due due && due.timer() == Timer.HELD) {
                        return held(open, attempt.hasPeerFinished());
                    }
                    return Behaviors.same();
                })
                .onMessage(Interrupt.class, interrupt -> closeAndIdle(open))
                .build();
    }

    /** The printer is back: keep the line for the job that is about to come. */
    private Behavior<Command> held(OpenLine open, boolean peerFinished) {
        memory.regained();
        context.getLog().info("{} can be reached again", settings.address().uri());
        status(State.OPEN);
        open.start(Timer.IDLE, HOLD);
        owner.accept(new Ready());
        return waiting(open, delivery -> {
            var attempt = new Attempt(delivery.totalBytes(), 0);
            attempt.connected(open.line());
            if (peerFinished) {
                attempt.peerFinished();
            }
            return delivering(open, delivery, attempt, false);
        });
    }

    // Delivering ---------------------------------------------------------------------------------

    private Behavior<Command> delivering(OpenLine open, Deliver delivery, Attempt attempt, boolean reused) {
        delivering = true;
        // Most are over before there is anything to show.
        sendingShownAtNanos = System.nanoTime() - PROGRESS_EVERY_NANOS + FIRST_PROGRESS_NANOS;
        if (!reused && memory.mayHoldPart() && !delivery.brief().afterPartialFormat()) {
            return delivering(open, delivery.afterPart(), attempt, false);
        }
        Brief brief = delivery.brief();
        Duration patience = settings.closePatience(brief.manners());
        attempt.expects(brief.manners(), patience);
        // What this job leaves behind, or how the printer ends connections, may need a connection of its own.
        boolean isAlone = brief.leavesPartialFormat() || brief.manners().alwaysResets();
        var policy = isAlone ? ConnectionPolicy.PER_JOB : settings.policy();
        var observer = new DeliverySession.Observer() {
            @Override
            public void saidOfTheJobBefore(Words words, long atNanos) {
                reopen(onWordsForTheJobBefore(open, words, atNanos));
            }

            @Override
            public void stalled(boolean stalled) {
                stalledSince = stalled ? now() : null;
                status(State.OPEN);
            }

            @Override
            public void unanswered(boolean unanswered) {
                unansweredSince = unanswered ? now() : null;
                status(State.OPEN);
            }

            @Override
            public void progressed(ByteCounts bytes) {
                onProgress(delivery.attempt(), bytes);
            }
        };
        var session = new DeliverySession(
                open,
                delivery,
                attempt,
                settings,
                policy,
                patience,
                memory.answersStatus(),
                services.clock(),
                observer);
        open.awaitRest();
        return listening(open, delivery, false, words -> {
                    session.said(words);
                    return Behaviors.same();
                })
                .onMessage(LineEvent.class, event -> {
                    if (event.line() != open.number()) {
                        return Behaviors.same();
                    }
                    if (event instanceof LineEvent.Closed) {
                        session.said(device(open.rest()));
                    }
                    var over = session.on(event);
                    return over == null
                            ? Behaviors.same()
                            : onSessionOver(delivery, attempt, session.isCanceled(), over, reused);
                })
                .onMessage(Cancel.class, cancel -> {
                    if (cancel.attempt().equals(delivery.attempt())) {
                        session.cancel();
                    }
                    return Behaviors.same();
                })
                .onMessage(Interrupt.class, interrupt -> {
                    session.interrupt();
                    return Behaviors.same();
                })
                .onMessage(Retire.class, retire -> {
                    session.retire();
                    return Behaviors.same();
                })
                .build();
    }

    /** Shown once a second at most: whoever waits for a large job wants to know, and nobody else is to pay for it. */
    private void onProgress(AttemptId attempt, ByteCounts bytes) {
        long nanos = System.nanoTime();
        if (nanos - sendingShownAtNanos >= PROGRESS_EVERY_NANOS
                && (sending == null ? bytes.anySent() : !sending.bytes().equals(bytes))) {
            sending = new LineStatus.Sending(attempt, bytes);
            sendingShownAtNanos = nanos;
            status(State.OPEN);
        }
    }

    private Behavior<Command> onSessionOver(
            Deliver delivery, Attempt attempt, boolean canceled, DeliverySession.Over over, boolean reused) {
        OpenLine open = Objects.requireNonNull(line);
        Evidence evidence = over.evidence();
        if (!over.keptOpen()) {
            line = null;
            memory.connectionEnded(System.nanoTime());
        }
        boolean isAcknowledged =
                evidence.bytes().acknowledged() != null && evidence.bytes().anyTaken();
        if (isAcknowledged || evidence.lastWords() != null) {
            contact();
        }
        if (canceled) {
            return onResult(delivery, new Canceled(evidence.bytes()));
        }
        if (evidence.unanswered() && memory.leftUnanswered()) {
            context.getLog()
                    .warn(
                            "{} has never answered a status query: it cannot report labels as printed; set confirm to acknowledged or closed",
                            settings.address().uri());
        }
        if (!reused && evidence.bytes().anySent()) {
            // What cancels a part went before it.
            memory.mayHoldPart(false);
        }
        boolean isOwn = evidence.lastWords() != null || attempt.hasPeerFinished();
        boolean reopened = evidence.end() == End.RESET
                && !isOwn
                && reopen(late.ended(open, evidence.error(), attempt.brokenAtNanos()));
        if (reused && isStale(evidence, settings.mayRepeat())) {
            context.getLog().debug("The idle connection was stale, opening a fresh one");
            endedByPrinter(open);
            if (evidence.bytes().written() > 0 && delivery.brief().hasFormats()) {
                memory.mayHoldPart(true);
            }
            return reopened ? lostBeforeSending(delivery) : reconnecting(delivery);
        }
        DeliveryResult result = Diagnosis.judge(evidence);
        if (over.keptOpen() && result instanceof Delivered) {
            late.judged(delivery, attempt, open);
        } else {
            late.forget();
        }
        boolean stays = settings.policy() == ConnectionPolicy.KEEP_OPEN;
        if (stays
                && evidence.end() == End.PEER_FIN
                && result instanceof Delivered
                && delivery.brief().hasFormats()) {
            memory.mayHoldPart(true);
        }
        return onResult(delivery, result);
    }

    private Behavior<Command> reconnecting(Deliver delivery) {
        sessionIsOver();
        return connecting(Purpose.DELIVERY, delivery);
    }

    private void sessionIsOver() {
        timers.cancelAll();
        stalledSince = null;
        unansweredSince = null;
        sending = null;
        delivering = false;
    }

    /** The line was lost over the job before; this one goes back to the queue for the pause. */
    private Behavior<Command> lostBeforeSending(Deliver delivery) {
        sessionIsOver();
        tellEnd(delivery, new Canceled(ByteCounts.none(delivery.totalBytes())), false);
        throw lost(null, "judgement reopened");
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

    /** Whether judgements are opened again over the loss of the line; a refusal leaves the printer as it was. */
    private boolean reopen(List<Reopened> reopened) {
        reopened.forEach(attempt -> {
            context.getLog()
                    .info(
                            "Attempt {} of job {} is judged again: {}",
                            attempt.attempt().number(),
                            attempt.attempt().job(),
                            attempt.result().failure().message());
            owner.accept(attempt);
        });
        return reopened.stream().anyMatch(Reopened::isLoss);
    }

    // The end of an attempt ----------------------------------------------------------------------

    private Behavior<Command> onResult(@Nullable Deliver delivery, DeliveryResult result) {
        sessionIsOver();
        return result.fold(
                delivered -> {
                    memory.worked();
                    return onEnded(delivery, delivered);
                },
                failed -> onFailed(delivery, failed),
                canceled -> onEnded(delivery, canceled));
    }

    private Behavior<Command> onFailed(@Nullable Deliver delivery, Failed failed) {
        DeliveryFailure failure = failed.failure();
        boolean lineIsSound = switch (failure.cause()) {
            case PRINTER_REJECTED, INTERRUPTED, NOT_CONFIRMED -> true;
            // A host that is short of file descriptors needs the pause, too.
            case DOCUMENT_UNREADABLE -> failure.errno() != Errno.EMFILE;
            default -> false;
        };
        if (lineIsSound) {
            return onEnded(delivery, failed);
        }
        tellEnd(delivery, failed, false);
        boolean isAway = delivery == null || failure.phase() == Phase.CONNECT;
        throw lost(isAway ? failure : null, failure.cause().keyword());
    }

    /**
     * The line is lost: the supervisor restarts this actor, which then pauses.
     *
     * @param away why the printer cannot be reached, where that is so
     */
    private ConnectionLostException lost(@Nullable DeliveryFailure away, String why) {
        int failures = memory.lost(away, System.nanoTime());
        context.getLog()
                .atLevel(failures == 1 ? Level.INFO : Level.DEBUG)
                .log(
                        "Line to {} lost: {} ({} in a row): {}",
                        settings.address().uri(),
                        why,
                        failures,
                        away == null ? "" : away.message());
        return new ConnectionLostException(why);
    }

    private Behavior<Command> onEnded(@Nullable Deliver delivery, DeliveryResult result) {
        tellEnd(delivery, result, true);
        if (line != null && line.line().isOpen()) {
            return keeping(line);
        }
        return closedAndIdle();
    }

    private void tellEnd(@Nullable Deliver delivery, DeliveryResult result, boolean ready) {
        if (delivery != null) {
            var ended = new Ended(delivery.attempt(), result, ready);
            memory.ended(ended);
            owner.accept(ended);
        }
    }

    // Lines that wait ----------------------------------------------------------------------------

    /** The connection stays open between jobs and is watched. */
    private Behavior<Command> keeping(OpenLine open) {
        open.line().idles();
        open.start(Timer.IDLE, settings.idleTimeout());
        return waiting(open, delivery -> checking(open, delivery));
    }

    /** Whether the printer still knows of the connection. */
    private Behavior<Command> checking(OpenLine open, Deliver delivery) {
        if (!isStillItsAddress(open)) {
            context.getLog()
                    .info(
                            "{} has another address now: connecting afresh",
                            settings.address().uri());
            closeNow(open);
            return reconnecting(delivery);
        }
        // What the printer had begun to say is about the job before, and must not be taken for this one's.
        Words begun = device(open.rest());
        if (isLate(begun)) {
            return onLateWords(open, delivery, begun);
        }
        var attempt = new Attempt(delivery.totalBytes(), open.line().written());
        attempt.reuses(open);
        var check = new ReuseCheck(open);
        return listening(
                        open,
                        delivery,
                        false,
                        words -> isLate(words) ? onLateWords(open, delivery, words) : Behaviors.same())
                .onMessage(LineEvent.class, event -> {
                    if (event.line() != open.number()) {
                        return Behaviors.same();
                    }
                    var outcome = check.on(event);
                    if (outcome.isAlive()) {
                        timers.cancelAll();
                        return delivering(open, delivery, attempt, true);
                    }
                    if (outcome.why() == null) {
                        return Behaviors.same();
                    }
                    context.getLog().debug("The idle connection was stale, {}; opening a fresh one", outcome.why());
                    endedByPrinter(open);
                    boolean reopened = reopen(late.ended(open, outcome.reset(), System.nanoTime()));
                    closeNow(open);
                    return reopened ? lostBeforeSending(delivery) : reconnecting(delivery);
                })
                .onMessage(
                        Cancel.class,
                        cancel -> cancel.attempt().equals(delivery.attempt())
                                ? notSent(open, delivery)
                                : Behaviors.same())
                .onMessage(Retire.class, retire -> notSent(open, delivery))
                .onMessage(Interrupt.class, interrupt -> notSent(open, delivery))
                .build();
    }

    /** A name may have moved to another machine; a busy line would go on printing on the old one. */
    private boolean isStillItsAddress(OpenLine open) {
        return open.line()
                .remote()
                .map(remote -> services.names().stillHas(settings.address().host(), remote.getAddress()))
                .orElse(true);
    }

    private Behavior<Command> onLateWords(OpenLine open, Deliver delivery, Words words) {
        boolean reopened = reopen(onWordsForTheJobBefore(open, words, System.nanoTime()));
        closeNow(open);
        return reopened ? lostBeforeSending(delivery) : reconnecting(delivery);
    }

    private Behavior<Command> notSent(OpenLine open, Deliver delivery) {
        closeNow(open);
        return onResult(delivery, new Canceled(ByteCounts.none(delivery.totalBytes())));
    }

    private Behavior<Command> waiting(OpenLine open, Function<Deliver, Behavior<Command>> onDeliver) {
        open.awaitRest();
        return listening(open, null, true, words -> onWordsWhileWaiting(open, words))
                .onMessage(Deliver.class, delivery -> {
                    timers.cancelAll();
                    return onDeliver.apply(delivery);
                })
                .onMessage(Probe.class, probe -> {
                    timers.cancelAll();
                    return probing(open);
                })
                .onMessage(LineEvent.class, event -> {
                    if (event.line() != open.number() || !endsWaiting(event)) {
                        return Behaviors.same();
                    }
                    if (event instanceof LineEvent.PeerFinished) {
                        endedByPrinter(open);
                    }
                    boolean reopened = event instanceof LineEvent.Broken broken
                            ? reopen(late.ended(open, broken.cause(), System.nanoTime()))
                            : event instanceof LineEvent.Sampled sampled
                                    && reopen(late.ended(open, pendingError(sampled), sampled.askedAtNanos()));
                    closeNow(open);
                    if (reopened) {
                        throw lost(null, "judgement reopened");
                    }
                    return closedAndIdle();
                })
                .onMessage(Interrupt.class, interrupt -> closeAndIdle(open))
                .build();
    }

    /**
     * Words of status, of an event or an acknowledgement change nothing. Unknown ones must not be taken for the next
     * job's: the connection is not used for it, but heard, as more words or an RST may follow.
     */
    private Behavior<Command> onWordsWhileWaiting(OpenLine open, Words words) {
        if (!isLate(words)) {
            return Behaviors.same();
        }
        var reopened = onWordsForTheJobBefore(open, words, System.nanoTime());
        if (reopen(reopened)) {
            closeNow(open);
            throw lost(null, "judgement reopened");
        }
        if (!reopened.isEmpty()) {
            return closeAndIdle(open);
        }
        return waiting(open, delivery -> {
            closeNow(open);
            return reconnecting(delivery);
        });
    }

    /** Whether words may speak about the job before. */
    private static boolean isLate(Words words) {
        return words.any(Frame.Kind.REFUSAL) || words.any(Frame.Kind.UNKNOWN);
    }

    private List<Reopened> onWordsForTheJobBefore(OpenLine open, Words words, long atNanos) {
        for (Frame frame : words.frames()) {
            context.getLog()
                    .debug(
                            "The printer said, after a job: {} ({})",
                            Printable.of(frame.text(), WORDS_SHOWN),
                            frame.kind());
        }
        return late.said(open, words, atNanos);
    }

    /** The error of an RST that a late sample has taken: nothing else will tell of it. */
    private static @Nullable Throwable pendingError(LineEvent.Sampled sampled) {
        Errno errno = sampled.info().map(TcpInfo::error).map(Errno::ofLinux).orElse(null);
        return errno == null ? null : errno.exception();
    }

    /** Before its late verdict is asked for. */
    private void endedByPrinter(OpenLine open) {
        if (late.mayHoldPart(open)) {
            memory.mayHoldPart(true);
        }
    }

    private static boolean endsWaiting(LineEvent event) {
        return event instanceof LineEvent.PeerFinished
                || (event instanceof LineEvent.Sampled sampled && pendingError(sampled) != null)
                || event instanceof LineEvent.Broken
                || (event instanceof Due due && due.timer() == Timer.IDLE);
    }

    private Behavior<Command> closeAndIdle(OpenLine open) {
        closeNow(open);
        return closedAndIdle();
    }

    private Behavior<Command> closedAndIdle() {
        line = null;
        status(State.CLOSED);
        return idle();
    }

    private void closeNow(OpenLine open) {
        line = null;
        memory.connectionEnded(System.nanoTime());
        open.close();
    }

    // Probing ------------------------------------------------------------------------------------

    private Behavior<Command> probing(OpenLine open) {
        var probe = new StatusProbe(open, settings.language().statusQueries());
        if (probe.ask() == StatusProbe.Outcome.SILENT) {
            // Its language has no query: that the connection stands is all that can be had.
            memory.regained();
            owner.accept(new Probed(false));
            open.start(Timer.IDLE, HOLD);
            return waiting(open, delivery -> {
                closeNow(open);
                return reconnecting(delivery);
            });
        }
        return listening(open, null, false, words -> onProbe(open, probe.said(words)))
                .onMessage(
                        LineEvent.class,
                        event -> event.line() == open.number() ? onProbe(open, probe.on(event)) : Behaviors.same())
                .onMessage(Interrupt.class, interrupt -> closeAndIdle(open))
                .build();
    }

    private Behavior<Command> onProbe(OpenLine open, StatusProbe.Outcome outcome) {
        return switch (outcome) {
            case WAITING -> Behaviors.same();
            case WELL, SILENT -> {
                closeNow(open);
                status(State.CLOSED);
                memory.regained();
                owner.accept(new Probed(outcome == StatusProbe.Outcome.WELL));
                yield idle();
            }
            case UNWELL, LOST -> {
                closeNow(open);
                throw lost(null, outcome == StatusProbe.Outcome.UNWELL ? "it says that it cannot print" : "reset");
            }
        };
    }

    // Common to all phases -----------------------------------------------------------------------

    /**
     * What every phase answers. What is late or does not fit the phase is dropped; a stop or restart leaves no socket
     * behind.
     *
     * @param delivery the attempt under way, or null
     */
    private BehaviorBuilder<Command> receiving(@Nullable Deliver delivery, boolean ready) {
        var common = Behaviors.receive(Command.class)
                .onMessage(Report.class, report -> report(delivery, ready))
                // A line of an earlier try: nobody waits for it any more.
                .onMessage(
                        LineEvent.Connected.class, connected -> connected.line() != memory.latestLine(), connected -> {
                            var unused = connected.stands().close();
                            return Behaviors.same();
                        })
                // The line was lost after it was called ready: the document goes back, and is asked for again.
                .onMessage(Deliver.class, early -> !ready, early -> {
                    tellEnd(early, new Canceled(ByteCounts.none(early.totalBytes())), false);
                    return Behaviors.same();
                });
        return common.onSignal(PreRestart.class, signal -> {
                    drop();
                    return Behaviors.same();
                })
                .onSignal(PostStop.class, signal -> {
                    drop();
                    return Behaviors.same();
                });
    }

    /** With an open line: what the printer says is sorted, kept where it tells of the device, and handed on. */
    private BehaviorBuilder<Command> listening(
            OpenLine open, @Nullable Deliver delivery, boolean ready, Function<Words, Behavior<Command>> onWords) {
        return receiving(delivery, ready)
                .onMessage(LineEvent.Replied.class, replied -> {
                    if (replied.line() != open.number()) {
                        return Behaviors.same();
                    }
                    Words words = open.heard(replied.bytes());
                    if (open.hasSkippedLines() && memory.outtalkedPatterns()) {
                        context.getLog()
                                .warn(
                                        "{} says more than its rejectPattern and ignorePattern can look through: what is beyond that counts as no match",
                                        settings.address().uri());
                        status(state);
                    }
                    return onWords.apply(device(words));
                })
                .onMessage(
                        Due.class,
                        due -> due.line() == open.number() && due.timer() == Timer.REPLY_PAUSE,
                        due -> onWords.apply(device(open.rest())));
    }

    /** What the printer says of itself is shown until it says something else. */
    private Words device(Words words) {
        if (words.isEmpty()) {
            return words;
        }
        contact();
        Frame last = null;
        for (Frame frame : words.frames()) {
            DeviceStatus status = frame.status();
            if (status != null) {
                last = frame;
                if (status.answerTo() != null) {
                    memory.answered();
                }
            }
        }
        if (last != null) {
            onDevice(last, Objects.requireNonNull(last.status()));
        }
        return words;
    }

    private void onDevice(Frame frame, DeviceStatus status) {
        DeviceReport before = memory.device();
        var report = new DeviceReport(
                status.canPrint(),
                status.reasons(),
                status.labelsLeft(),
                now(),
                Printable.of(frame.text(), WORDS_SHOWN));
        memory.device(report);
        boolean isNews = before == null
                || before.canPrint() != report.canPrint()
                || !before.reasons().equals(report.reasons())
                || devicePublishedAt == null
                || devicePublishedAt.plus(DEVICE_EVERY).isBefore(report.at());
        if (isNews) {
            devicePublishedAt = report.at();
            status(state);
        }
    }

    private void contact() {
        memory.contact(now());
    }

    private void drop() {
        memory.nextLine();
        if (underConstruction != null) {
            underConstruction.cancel();
            underConstruction = null;
        }
        if (line != null) {
            memory.connectionEnded(System.nanoTime());
            if (delivering) {
                line.abort();
            } else {
                line.close();
            }
        }
        line = null;
    }

    private Behavior<Command> report(@Nullable Deliver delivery, boolean ready) {
        owner.accept(new Reported(delivery == null ? null : delivery.attempt(), memory.lastEnd(), ready));
        return Behaviors.same();
    }

    private Instant now() {
        return services.clock().instant();
    }

    private void status(State next) {
        if (next != state) {
            state = next;
            stateSince = now();
        }
        owner.accept(new StatusChanged(new LineStatus(
                state,
                stateSince,
                nextAttemptAt,
                line == null ? null : Connecting.text(line.line().local()),
                line == null ? null : Connecting.text(line.line().remote()),
                state == State.BACKING_OFF || state == State.CONNECTING ? memory.away() : null,
                state == State.OPEN ? stalledSince : null,
                state == State.OPEN ? unansweredSince : null,
                memory.lastContact(),
                memory.device(),
                memory.leavesStatusUnanswered(),
                memory.outtalksPatterns(),
                sending)));
    }
}
