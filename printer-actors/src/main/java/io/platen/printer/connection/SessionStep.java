package io.platen.printer.connection;

import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Evidence;

/** What a {@link DeliverySession} tells its owner. The last step is {@link Over}. */
sealed interface SessionStep {
    <R> R to(Handler<R> handler);

    /** One method for each kind of step. */
    interface Handler<R> {
        R onSaidOfTheJobBefore(SaidOfTheJobBefore step);

        R onStalled(Stalled step);

        R onUnanswered(Unanswered step);

        R onProgressed(Progressed step);

        R onOver(Over step);
    }

    /** On a connection that was kept open, these words are about the previous job. */
    record SaidOfTheJobBefore(Words words, long atNanos) implements SessionStep {
        @Override
        public <R> R to(Handler<R> handler) {
            return handler.onSaidOfTheJobBefore(this);
        }
    }

    /** The printer is alive but takes no data ({@code true}), or takes data again. */
    record Stalled(boolean stalled) implements SessionStep {
        @Override
        public <R> R to(Handler<R> handler) {
            return handler.onStalled(this);
        }
    }

    /** The printer leaves status queries unanswered ({@code true}), or answers again. */
    record Unanswered(boolean unanswered) implements SessionStep {
        @Override
        public <R> R to(Handler<R> handler) {
            return handler.onUnanswered(this);
        }
    }

    /** How many bytes of the document are written and acknowledged. */
    record Progressed(ByteCounts bytes) implements SessionStep {
        @Override
        public <R> R to(Handler<R> handler) {
            return handler.onProgressed(this);
        }
    }

    /**
     * The session has ended.
     *
     * @param keptOpen whether the connection is still good
     * @param canceled whether the sender has canceled the job
     */
    record Over(Evidence evidence, boolean keptOpen, boolean canceled) implements SessionStep {
        @Override
        public <R> R to(Handler<R> handler) {
            return handler.onOver(this);
        }
    }
}
