package io.platen.spooler.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The answer to a request. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Reply.Done.class, name = "done"),
    @JsonSubTypes.Type(value = Reply.Refused.class, name = "refused")
})
public sealed interface Reply {

    /** Takes the reply apart: a new kind of reply does not compile before each caller has decided. */
    <T> T fold(Function<Done, T> done, Function<Refused, T> refused);

    /**
     * It is done, and durable.
     *
     * @param job the job it was about, as it is now; null when it was about the printer
     * @param fresh whether something new came of it: false for a repeated submission
     */
    record Done(@Nullable PrintJob job, boolean fresh) implements Reply {
        @Override
        public <T> T fold(Function<Done, T> done, Function<Refused, T> refused) {
            return done.apply(this);
        }
    }

    /** Nothing was changed. */
    record Refused(Refusal why, String detail) implements Reply {
        @Override
        public <T> T fold(Function<Done, T> done, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
