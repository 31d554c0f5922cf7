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
     * @param warning what was wrong although the document was delivered, such as a printer that never closes; or null
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

    /** The document did not reach the rung that was asked for; {@code rung} is the one it reached, if any. */
    record Failed(@Nullable Rung rung, DeliveryFailure failure) implements DeliveryResult {
        @Override
        public <T> T fold(
                Function<Delivered, T> delivered, Function<Failed, T> failed, Function<Canceled, T> canceled) {
            return failed.apply(this);
        }
    }

    /** The sender canceled the job. */
    record Canceled(ByteCounts bytes) implements DeliveryResult {
        @Override
        public <T> T fold(
                Function<Delivered, T> delivered, Function<Failed, T> failed, Function<Canceled, T> canceled) {
            return canceled.apply(this);
        }
    }
}
