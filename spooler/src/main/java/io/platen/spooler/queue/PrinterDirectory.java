package io.platen.spooler.queue;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.Refusal;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import io.platen.spooler.queue.PrinterEntity.Ask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Passes requests on to the printers by their ids, and supervises the printers, which are its children. It starts all printers
 * that are in the journal when it starts itself.
 */
public final class PrinterDirectory {

    public sealed interface Command {}

    /** A request to one printer. */
    public record Forward(PrinterId printer, Ask ask) implements Command {}

    /** A printer has recovered, or its first attempt to recover has failed. */
    record Settled(PrinterId printer, boolean recovered) implements Command {}

    /** Asks for an answer when every printer that was known at the start has recovered or failed to. */
    public record AwaitRecovery(ActorRef<Recovered> replyTo) implements Command {}

    /**
     * Every printer has recovered, or its first attempt has failed.
     *
     * @param all whether all printers have recovered
     */
    public record Recovered(boolean all) {}

    /** Asks to start no more attempts, and to answer when none is under way. May be sent again. */
    public record DrainAll(ActorRef<Done> replyTo) implements Command {}

    /** Asks to end all attempts that are under way. */
    public record InterruptAll() implements Command {}

    record Drained(PrinterId printer) implements Command {}

    /** A printer was removed, and nothing is left to do for it. */
    record Unused(PrinterId printer) implements Command {}

    /** A printer that was asked to stop is used again. */
    record StillUsed(PrinterId printer) implements Command {}

    private record Stopped(PrinterId printer) implements Command {}

    private static final Duration RESTART_MIN = Duration.ofSeconds(1);
    private static final Duration RESTART_MAX = Duration.ofSeconds(60);

    private final ActorContext<Command> context;
    private final QueueServices services;
    private final Map<PrinterId, ActorRef<PrinterEntity.Command>> printers = new HashMap<>();

    /** Requests to a printer that was asked to stop. */
    private final Map<PrinterId, List<Ask>> stopping = new HashMap<>();

    private final Set<PrinterId> unsettled;
    private final Set<PrinterId> undrained = new HashSet<>();
    private boolean allRecovered = true;
    private final List<ActorRef<Recovered>> awaitingRecovery = new ArrayList<>();
    private @Nullable ActorRef<Done> drainer;

    private PrinterDirectory(ActorContext<Command> context, QueueServices services, Set<PrinterId> known) {
        this.context = context;
        this.services = services;
        this.unsettled = new HashSet<>(known);
        known.forEach(this::start);
    }

    /** Starts these printers. */
    public static Behavior<Command> create(QueueServices services, Set<PrinterId> known) {
        Behavior<Command> directory = Behaviors.setup(context -> {
            // After a restart there are also the printers that were made since the first start.
            var all = new HashSet<>(known);
            all.addAll(services.board().queues().keySet());
            return new PrinterDirectory(context, services, all).serving();
        });
        return Behaviors.supervise(directory)
                .onFailure(Throwable.class, SupervisorStrategy.restartWithBackoff(RESTART_MIN, RESTART_MAX, 0.2));
    }

    private Behavior<Command> serving() {
        return Behaviors.receive(Command.class)
                .onMessage(Forward.class, this::onForward)
                .onMessage(AwaitRecovery.class, this::onAwaitRecovery)
                .onMessage(Settled.class, this::onSettled)
                .onMessage(DrainAll.class, this::onDrainAll)
                .onMessage(InterruptAll.class, interrupt -> onInterruptAll())
                .onMessage(Drained.class, drained -> onDrained(drained.printer()))
                .onMessage(Unused.class, this::onUnused)
                .onMessage(StillUsed.class, used -> onStillUsed(used.printer()))
                .onMessage(Stopped.class, stopped -> onStopped(stopped.printer()))
                .build();
    }

    private Behavior<Command> onForward(Forward forward) {
        var waiting = stopping.get(forward.printer());
        if (waiting != null) {
            waiting.add(forward.ask());
        } else {
            hand(forward.printer(), forward.ask());
        }
        return Behaviors.same();
    }

    private void hand(PrinterId id, Ask ask) {
        var printer = printers.get(id);
        int most = services.settings().printersLimit();
        if (printer == null && ask.request().makesAPrinter() && printers.size() >= most) {
            ask.replyTo()
                    .tell(new Reply.Refused(
                            Refusal.TOO_MANY_PRINTERS,
                            "The limit of %,d printers is reached. Remove one, or raise platen.spooler.printers-limit."
                                    .formatted(most)));
            return;
        }
        if (printer == null && startsAPrinter(id, ask.request())) {
            printer = start(id);
        }
        if (printer == null) {
            ask.replyTo().tell(new Reply.Refused(Refusal.NO_SUCH_PRINTER, "There is no such printer."));
        } else {
            printer.tell(ask);
        }
    }

    /** A removed printer has no actors, but needs them once more when its history expires. */
    private boolean startsAPrinter(PrinterId id, Request request) {
        return request.makesAPrinter()
                || (request.concernsRemovedPrinters()
                        && services.board().queue(id).isPresent());
    }

    private ActorRef<PrinterEntity.Command> start(PrinterId id) {
        var entity = Behaviors.supervise(PrinterEntity.create(id, services, context.getSelf()))
                .onFailure(Throwable.class, SupervisorStrategy.restartWithBackoff(RESTART_MIN, RESTART_MAX, 0.2));
        var started = context.spawn(entity, id.value());
        printers.put(id, started);
        context.watchWith(started, new Stopped(id));
        return started;
    }

    /** The printer decides whether it stops, after the requests that it has already. New requests wait here. */
    private Behavior<Command> onUnused(Unused unused) {
        var printer = printers.get(unused.printer());
        if (printer != null && stopping.putIfAbsent(unused.printer(), new ArrayList<>()) == null) {
            printer.tell(new PrinterEntity.StopIfUnused());
        }
        return Behaviors.same();
    }

    private Behavior<Command> onStillUsed(PrinterId id) {
        handWaiting(id);
        return Behaviors.same();
    }

    private Behavior<Command> onStopped(PrinterId id) {
        printers.remove(id);
        onDrained(id);
        handWaiting(id);
        return Behaviors.same();
    }

    private void handWaiting(PrinterId id) {
        List<Ask> waiting = stopping.remove(id);
        if (waiting != null) {
            waiting.forEach(ask -> hand(id, ask));
        }
    }

    private Behavior<Command> onSettled(Settled printer) {
        allRecovered &= printer.recovered();
        unsettled.remove(printer.printer());
        checkSettled();
        return Behaviors.same();
    }

    private Behavior<Command> onAwaitRecovery(AwaitRecovery await) {
        awaitingRecovery.add(await.replyTo());
        checkSettled();
        return Behaviors.same();
    }

    private void checkSettled() {
        if (unsettled.isEmpty()) {
            awaitingRecovery.forEach(waiting -> waiting.tell(new Recovered(allRecovered)));
            awaitingRecovery.clear();
        }
    }

    private Behavior<Command> onDrainAll(DrainAll drain) {
        drainer = drain.replyTo();
        undrained.addAll(printers.keySet());
        printers.values().forEach(printer -> printer.tell(new PrinterEntity.DrainPrinter(context.getSelf())));
        checkDrained();
        return Behaviors.same();
    }

    private Behavior<Command> onInterruptAll() {
        printers.values().forEach(printer -> printer.tell(new PrinterEntity.InterruptPrinter()));
        return Behaviors.same();
    }

    private Behavior<Command> onDrained(PrinterId printer) {
        undrained.remove(printer);
        checkDrained();
        return Behaviors.same();
    }

    private void checkDrained() {
        if (drainer != null && undrained.isEmpty()) {
            drainer.tell(Done.getInstance());
        }
    }
}
