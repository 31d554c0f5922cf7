package io.platen.printer.connection;

import io.platen.printer.connection.PrinterConnection.Deliver;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.DeliveryResult;
import org.jspecify.annotations.Nullable;

/** A phase's answer to a message: what happens to the connection next. {@link PrinterConnection} acts on it. */
sealed interface Transition {
    <R> R to(Actor<R> actor);

    /** One method for each kind of transition. */
    interface Actor<R> {
        R stay(Stay stay);

        R rest(Rest rest);

        R connect(Connect connect);

        R hold(Hold hold);

        R send(Send send);

        R await(Await await);

        R check(Check check);

        R startProbe(StartProbe startProbe);

        R endProbe(EndProbe endProbe);

        R conclude(Conclude conclude);

        R giveBack(GiveBack giveBack);

        R lost(Lost lost);
    }

    /** Why a connection is made. */
    enum Purpose {
        DELIVERY,
        PROBE,
        /** The connection was lost. A new one must hold for a moment before the owner is asked for a document. */
        RETURN
    }

    /** How the next document may use an open connection. */
    enum Use {
        /** Nothing was sent over it. */
        FRESH,
        /** As {@link #FRESH}, and the printer has half-closed it already. */
        FRESH_AND_HALF_CLOSED,
        /** Documents were sent over it: a printer that was restarted since then does not know it any more. */
        CHECK,
        /** It must be replaced: what the printer said on it could be taken for an answer to the next document. */
        REPLACE
    }

    /** Nothing changes. */
    record Stay() implements Transition {
        @Override
        public <R> R to(Actor<R> actor) {
            return actor.stay(this);
        }
    }

    /** The connection is closed, and nothing is under way. */
    record Rest() implements Transition {
        @Override
        public <R> R to(Actor<R> actor) {
            return actor.rest(this);
        }
    }

    /** A fresh connection is needed; {@code delivery} is null unless the purpose is {@link Purpose#DELIVERY}. */
    record Connect(Purpose purpose, @Nullable Deliver delivery) implements Transition {
        @Override
        public <R> R to(Actor<R> actor) {
            return actor.connect(this);
        }
    }

    record Hold(OpenLine line, AttemptRecord attempt) implements Transition {
        @Override
        public <R> R to(Actor<R> actor) {
            return actor.hold(this);
        }
    }

    record Send(OpenLine line, Deliver delivery, AttemptRecord attempt, boolean reused) implements Transition {
        @Override
        public <R> R to(Actor<R> actor) {
            return actor.send(this);
        }
    }

    /** The connection stays open until the next document. */
    record Await(OpenLine line, Use use) implements Transition {
        @Override
        public <R> R to(Actor<R> actor) {
            return actor.await(this);
        }
    }

    record Check(OpenLine line, Deliver delivery) implements Transition {
        @Override
        public <R> R to(Actor<R> actor) {
            return actor.check(this);
        }
    }

    record StartProbe(OpenLine line) implements Transition {
        @Override
        public <R> R to(Actor<R> actor) {
            return actor.startProbe(this);
        }
    }

    /** A probe has ended, and the printer did not say that it cannot print; {@code line} is null when it was closed. */
    record EndProbe(boolean healthy, @Nullable OpenLine line) implements Transition {
        @Override
        public <R> R to(Actor<R> actor) {
            return actor.endProbe(this);
        }
    }

    /** An attempt, or a try to connect without a document, has ended; {@code line} is null when it was closed. */
    record Conclude(
            @Nullable Deliver delivery,
            DeliveryResult result,
            @Nullable OpenLine line) implements Transition {
        @Override
        public <R> R to(Actor<R> actor) {
            return actor.conclude(this);
        }
    }

    /** A previous job was put in doubt, and the connection lost with it. This delivery goes back unsent until after the pause. */
    record GiveBack(Deliver delivery) implements Transition {
        @Override
        public <R> R to(Actor<R> actor) {
            return actor.giveBack(this);
        }
    }

    /**
     * The connection is lost; a pause follows.
     *
     * @param away why the printer cannot be reached; null when it can
     */
    record Lost(@Nullable DeliveryFailure away, String why) implements Transition {
        @Override
        public <R> R to(Actor<R> actor) {
            return actor.lost(this);
        }
    }

    Transition STAY = new Stay();
    Transition REST = new Rest();
}
