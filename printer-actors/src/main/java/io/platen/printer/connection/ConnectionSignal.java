package io.platen.printer.connection;

import io.platen.printer.AttemptId;
import io.platen.printer.ConnectionStatus;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.printer.diagnosis.DeliveryResult.Failed;
import org.jspecify.annotations.Nullable;

/** What the owner of a {@link PrinterConnection} hears from it. */
public sealed interface ConnectionSignal {
    void to(Handler handler);

    /** One method for each kind of signal. */
    interface Handler {
        void onReady(Ready signal);

        void onEnded(Ended signal);

        void onReopened(Reopened signal);

        void onProbed(Probed signal);

        void onReported(Reported signal);

        void onStatusChanged(StatusChanged signal);
    }

    /** Nothing is under way; a document can come. */
    record Ready() implements ConnectionSignal {
        @Override
        public void to(Handler handler) {
            handler.onReady(this);
        }
    }

    /**
     * How things stand.
     *
     * @param busyWith the attempt under way, or null
     * @param lastEnd the end of the latest attempt, or null before the first
     * @param ready whether a document can come at once
     */
    record Reported(@Nullable AttemptId busyWith, @Nullable Ended lastEnd, boolean ready) implements ConnectionSignal {
        @Override
        public void to(Handler handler) {
            handler.onReported(this);
        }
    }

    /** An attempt is over. With {@code ready}, the next can come at once; else {@link Ready} follows. */
    record Ended(AttemptId attempt, DeliveryResult result, boolean ready) implements ConnectionSignal {
        @Override
        public void to(Handler handler) {
            handler.onEnded(this);
        }
    }

    /**
     * An attempt that had ended well on a connection that stays open did not: the printer reset or refused
     * soon after.
     */
    record Reopened(AttemptId attempt, Failed result) implements ConnectionSignal {
        @Override
        public void to(Handler handler) {
            handler.onReopened(this);
        }

        /** Whether the connection is lost with it: then nothing can be sent before {@link Ready}. */
        public boolean isLoss() {
            return result.failure().cause() != Cause.PRINTER_REJECTED;
        }
    }

    /**
     * A connection to the printer stands.
     *
     * @param healthy whether the printer also said that it is well; else it said nothing of it
     */
    record Probed(boolean healthy) implements ConnectionSignal {
        @Override
        public void to(Handler handler) {
            handler.onProbed(this);
        }
    }

    /** The connection's state has changed. */
    record StatusChanged(ConnectionStatus status) implements ConnectionSignal {
        @Override
        public void to(Handler handler) {
            handler.onStatusChanged(this);
        }
    }
}
