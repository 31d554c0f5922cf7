package io.platen.printer.language;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ZPL printer's answer to {@code ~HQES}: a flag and two words of eight hexadecimal digits for its errors, and
 * the same for its warnings. Printers answer it in states in which they leave {@code ~HS} unanswered.
 *
 * @param errors the low word of the errors
 * @param warnings the low word of the warnings
 */
record ZplErrorStatus(boolean hasErrors, long errors, boolean hasWarnings, long warnings) {
    static final String QUERY = "~HQES";

    private static final String WORDS = "\\s*+:?\\s*+([01])\\s+[0-9A-Fa-f]{8}\\s+([0-9A-Fa-f]{8})\\b";
    private static final Pattern ERRORS = Pattern.compile("\\bERRORS" + WORDS);
    private static final Pattern WARNINGS = Pattern.compile("\\bWARNINGS" + WORDS);
    private static final int JAM = 0x1000;
    private static final int PAUSED = 0x10000;
    private static final int KNOWN_ERRORS = 0x7 | JAM | PAUSED;
    private static final int MEDIA_LOW = 0x8;

    /** Reads an answer without its STX and ETX; empty when the text is no such answer. */
    static Optional<ZplErrorStatus> parse(String answer) {
        Matcher errors = ERRORS.matcher(answer);
        Matcher warnings = WARNINGS.matcher(answer);
        boolean hasErrors = errors.find();
        boolean hasWarnings = warnings.find();
        return hasErrors || hasWarnings
                ? Optional.of(new ZplErrorStatus(
                        hasErrors && isSet(errors), hasErrors ? word(errors) : 0,
                        hasWarnings && isSet(warnings), hasWarnings ? word(warnings) : 0))
                : Optional.empty();
    }

    /** Sorts one line of such an answer that came without STX and ETX, as from printers that only emulate ZPL. */
    static Optional<Frame> sortLine(String line) {
        return parse(line).map(status -> Frame.event(line, DeviceStatus.of(status.reasons())));
    }

    /** What the answer says of the device. It says nothing of labels. */
    DeviceStatus status() {
        return DeviceStatus.of(reasons(), null, QUERY);
    }

    private Set<DeviceReason> reasons() {
        Set<DeviceReason> reasons = EnumSet.noneOf(DeviceReason.class);
        if (hasErrors) {
            reasons.addAll(Bits.of((int) errors)
                    .when(0x1, DeviceReason.MEDIA_EMPTY)
                    .when(0x2, DeviceReason.MARKER_SUPPLY_EMPTY)
                    .when(0x4, DeviceReason.COVER_OPEN)
                    .when(JAM, DeviceReason.MEDIA_JAM)
                    .when(PAUSED, DeviceReason.PAUSED)
                    .when(~KNOWN_ERRORS, DeviceReason.OTHER)
                    .reasons());
            if (reasons.isEmpty()) {
                reasons.add(DeviceReason.OTHER);
            }
        }
        if (hasWarnings) {
            reasons.addAll(Bits.of((int) warnings)
                    .when(MEDIA_LOW, DeviceReason.MEDIA_LOW)
                    .when(~MEDIA_LOW, DeviceReason.OTHER_WARNING)
                    .reasons());
        }
        return reasons;
    }

    private static boolean isSet(Matcher words) {
        return words.group(1).equals("1");
    }

    private static long word(Matcher words) {
        return Long.parseLong(words.group(2), 16);
    }
}
