package io.platen.api.host;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;
import org.jspecify.annotations.Nullable;

/**
 * One fact about the host.
 *
 * @param name the host's name for it
 * @param value null where it cannot be read
 * @param needs what Platen needs of it
 * @param change what to do about it; null where nothing needs to be done
 */
public record HostSetting(
        String name,
        @Nullable String value,
        String needs,
        Rating verdict,
        @Nullable String change) {

    /** What it means for Platen. */
    public enum Rating {
        OK,
        /** It works, but somebody should know. */
        WATCH,
        /** It will hurt. */
        HURTS,
        /** It cannot be read here. */
        UNKNOWN;

        @JsonValue
        public String keyword() {
            return Keywords.of(this);
        }
    }

    static HostSetting unknown(String name, String needs) {
        return new HostSetting(name, null, needs, Rating.UNKNOWN, null);
    }
}
