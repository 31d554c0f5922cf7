package io.platen.printer.diagnosis;

import java.util.Locale;

/** Turns constants into the lower-case-dashed keywords that are stored and shown. */
public final class Keywords {
    private Keywords() {}

    /** {@code CONNECTION_RESET} becomes {@code connection-reset}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
