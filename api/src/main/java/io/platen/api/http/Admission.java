package io.platen.api.http;

import akka.http.javadsl.model.HttpResponse;
import io.platen.api.security.Caller;
import java.util.function.Function;

/** Whether a request may pass the gate. */
sealed interface Admission {
    /** Who sent the request, as far as that is known. */
    Caller caller();

    <A> A fold(Function<Granted, A> granted, Function<Denied, A> refused);

    record Granted(Caller caller) implements Admission {
        @Override
        public <A> A fold(Function<Granted, A> granted, Function<Denied, A> refused) {
            return granted.apply(this);
        }
    }

    /**
     * The request is refused with a response.
     *
     * @param reason one word for the metrics and the log
     */
    record Denied(Caller caller, String reason, HttpResponse response) implements Admission {
        @Override
        public <A> A fold(Function<Granted, A> granted, Function<Denied, A> refused) {
            return refused.apply(this);
        }
    }
}
