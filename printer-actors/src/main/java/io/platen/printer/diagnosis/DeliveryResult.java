package io.platen.printer.diagnosis;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How one delivery ended. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
    @JsonSubTypes.Type(value = DeliveryResult.Delivered.class, name = "delivered"),
    @JsonSubTypes.Type(value = DeliveryResult.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = DeliveryResult.Canceled.class, name = "canceled")
})
public sealed interface DeliveryResult {

    /** Handles every case. */
    <T> T fold(Function<Delivered, T> delivered, Function<Failed, T> failed, Function<Canceled, T> canceled);

    /**
     * The document reached the rung that was asked for, or a higher one.
     *
     * @param warning what was wrong nevertheless, such as a printer that never closes
     */
    record Delivered(
            Rung rung,
            ByteCounts bytes,
            @Nullable LastWords lastWords,
            @Nullable DeliveryFailure warning,
            List<TranscriptEntry> transcript)
            implements DeliveryResult {
        @Override
        public <T> T fold(
                Function<Delivered, T> delivered, Function<Failed, T> failed, Function<Canceled, T> canceled) {
            return delivered.apply(this);
        }
    }

    /** It did not. */
    record Failed(@Nullable Rung rung, DeliveryFailure failure) implements DeliveryResult {
        @Override
        public <T> T fold(
                Function<Delivered, T> delivered, Function<Failed, T> failed, Function<Canceled, T> canceled) {
            return failed.apply(this);
        }
    }

    /** The sender took it back. */
    record Canceled(ByteCounts bytes) implements DeliveryResult {
        @Override
        public <T> T fold(
                Function<Delivered, T> delivered, Function<Failed, T> failed, Function<Canceled, T> canceled) {
            return canceled.apply(this);
        }
    }
}
