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

    /** Distinguishes the kinds of replies. A new kind does not compile until every caller handles it. */
    <T> T fold(Function<Done, T> done, Function<Refused, T> refused);

    /**
     * The request was carried out, and its result is durable.
     *
     * @param job the job of the request, as it is now; null when the request was about the printer
     * @param fresh whether the request changed anything: false for a repeated submission
     */
    record Done(@Nullable PrintJob job, boolean fresh) implements Reply {
        @Override
        public <T> T fold(Function<Done, T> done, Function<Refused, T> refused) {
            return done.apply(this);
        }
    }

    /** The request was refused. Nothing was changed, unless {@code why} says that this is not known. */
    record Refused(Refusal why, String detail) implements Reply {
        @Override
        public <T> T fold(Function<Done, T> done, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
