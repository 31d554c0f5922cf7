package io.platen.printer.connection;

import io.platen.printer.AttemptId;
import io.platen.printer.ConnectionStatus;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.printer.diagnosis.DeliveryResult.Failed;
import org.jspecify.annotations.Nullable;

/** What a {@link PrinterConnection} tells its owner. */
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

    /** No attempt is under way, and the connection takes a document. */
    record Ready() implements ConnectionSignal {
        @Override
        public void to(Handler handler) {
            handler.onReady(this);
        }
    }

    /**
     * The answer to {@link PrinterConnection.Report}.
     *
     * @param busyWith the attempt under way, or null
     * @param lastEnd the end of the latest attempt, or null before the first
     * @param ready whether the connection takes a document now
     */
    record Reported(@Nullable AttemptId busyWith, @Nullable Ended lastEnd, boolean ready) implements ConnectionSignal {
        @Override
        public void to(Handler handler) {
            handler.onReported(this);
        }
    }

    /** An attempt has ended. With {@code ready}, the connection takes the next document now; else {@link Ready} follows. */
    record Ended(AttemptId attempt, DeliveryResult result, boolean ready) implements ConnectionSignal {
        @Override
        public void to(Handler handler) {
            handler.onEnded(this);
        }
    }

    /**
     * An attempt that had counted as delivered is judged again, as the printer has reset the kept-open connection or refused
     * the data soon after. This is the new result.
     */
    record Reopened(AttemptId attempt, Failed result) implements ConnectionSignal {
        @Override
        public void to(Handler handler) {
            handler.onReopened(this);
        }

        /** Whether the connection is lost, too. Then nothing can be sent before {@link Ready}. */
        public boolean isLoss() {
            return result.failure().cause() != Cause.PRINTER_REJECTED;
        }
    }

    /**
     * A connection to the printer stands.
     *
     * @param healthy whether the printer said that it can print; false when it did not answer
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
