package io.platen.printer.connection;

import io.platen.printer.connection.PrinterConnection.Deliver;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.DeliveryResult;
import org.jspecify.annotations.Nullable;

/** What follows for a connection from what one of its phases has seen. {@link PrinterConnection} acts on it. */
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

        R probe(Probe probe);

        R probed(Probed probed);

        R ended(Ended ended);

        R giveBack(GiveBack giveBack);

        R lost(Lost lost);
    }

    /** Why a connection is made. */
    enum Purpose {
        DELIVERY,
        PROBE,
        /** The connection was lost: see whether another one holds before a document is asked for. */
        RETURN
    }

    /** What an open connection is good for when the next document comes. */
    enum Use {
        /** Nothing was sent over it. */
        FRESH,
        /** As {@link #FRESH}, and the printer has half-closed it already. */
        FRESH_AND_HALF_CLOSED,
        /** Documents were sent over it: the printer may have forgotten it meanwhile. */
        CHECK,
        /** Something was said on it that could be taken for an answer to the next document. */
        REPLACE
    }

    /** Nothing follows. */
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

    /** A fresh connection is needed; {@code delivery} is for {@link Purpose#DELIVERY}. */
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

    record Probe(OpenLine line) implements Transition {
        @Override
        public <R> R to(Actor<R> actor) {
            return actor.probe(this);
        }
    }

    /** A probe is over, and the printer did not say that it cannot print; {@code line} when it is still open. */
    record Probed(boolean healthy, @Nullable OpenLine line) implements Transition {
        @Override
        public <R> R to(Actor<R> actor) {
            return actor.probed(this);
        }
    }

    /** An attempt is over, or a try to connect without one; {@code line} when it is still open. */
    record Ended(
            @Nullable Deliver delivery,
            DeliveryResult result,
            @Nullable OpenLine line) implements Transition {
        @Override
        public <R> R to(Actor<R> actor) {
            return actor.ended(this);
        }
    }

    /** The connection was lost over the job before; this one goes back unsent, and comes again after the pause. */
    record GiveBack(Deliver delivery) implements Transition {
        @Override
        public <R> R to(Actor<R> actor) {
            return actor.giveBack(this);
        }
    }

    /**
     * The connection is lost, and the pause follows.
     *
     * @param away why the printer cannot be reached, where that is so
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
