package io.platen.spooler.queue;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.TypedActorContext;
import akka.persistence.typed.EventRejectedException;
import org.jspecify.annotations.Nullable;

/**
 * Which batch a queue is storing. The journal has stored nothing of a batch that it rejects. So the batch's callers need not
 * be left in doubt because of what one of them has sent: the entity hears which batch it was.
 */
final class BatchBeingStored<C> extends BehaviorInterceptor<Object, C> {
    private final ActorRef<PrinterEntity.Command> entity;
    private PrintQueue.@Nullable Batch batch;

    BatchBeingStored(ActorRef<PrinterEntity.Command> entity) {
        // The journal's answers are no commands, but they come this way, too.
        super(Object.class);
        this.entity = entity;
    }

    void begins(PrintQueue.Batch begun) {
        batch = begun;
    }

    void none() {
        batch = null;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Behavior<C> aroundReceive(TypedActorContext<Object> context, Object message, ReceiveTarget<C> target) {
        try {
            return target.apply(context, (C) message);
        } catch (EventRejectedException e) {
            PrintQueue.Batch rejected = batch;
            batch = null;
            if (rejected != null) {
                entity.tell(new PrinterEntity.BatchRejected(rejected.number()));
            }
            throw e;
        }
    }
}
