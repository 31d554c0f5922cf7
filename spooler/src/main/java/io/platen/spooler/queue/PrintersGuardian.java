package io.platen.spooler.queue;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.platen.spooler.job.PrinterId;
import java.util.Set;

/**
 * The actor at the root of the server's actor system. The stores need the system, so it waits until they are open before it
 * starts the printers' directory.
 */
public final class PrintersGuardian {
    private PrintersGuardian() {}

    public sealed interface Command {}

    /**
     * Starts the directory.
     *
     * @param known the printers in the journal
     */
    public record Start(
            QueueServices services, Set<PrinterId> known, ActorRef<ActorRef<PrinterDirectory.Command>> replyTo)
            implements Command {}

    public static Behavior<Command> create() {
        return Behaviors.setup(context -> Behaviors.receive(Command.class)
                .onMessage(Start.class, start -> {
                    start.replyTo()
                            .tell(context.spawn(PrinterDirectory.create(start.services(), start.known()), "printers"));
                    return Behaviors.same();
                })
                .build());
    }
}
