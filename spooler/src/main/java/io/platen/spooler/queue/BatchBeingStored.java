package io.platen.spooler.queue;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.TypedActorContext;
import akka.persistence.typed.EventRejectedException;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which batch a queue is storing, and tells the entity when the journal rejects it. The journal has then stored
 * nothing of the batch, so its callers need not be left in doubt because of one bad request.
 */
final class BatchBeingStored<C> extends BehaviorInterceptor<Object, C> {
    private final ActorRef<PrinterEntity.Command> entity;
    private PrintQueue.@Nullable Batch batch;

    BatchBeingStored(ActorRef<PrinterEntity.Command> entity) {
        // Object, because the journal's answers pass here as well, and are no commands.
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
