package io.platen.printer.language;

import io.platen.printer.language.Frame.Kind;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Sorts a line of text by its words. A complaint ("error", "fault", "invalid" …) is a refusal of the data unless it names a
 * condition of the device or says that there is no error.
 */
final class PlainWords {
    private static final Pattern COMPLAINT = Pattern.compile(
            "(?:err|errors?|naks?|nack|faults?|reject(?:s|ed)?|refused|invalid|illegal|syntax)(?: .*)?");
    private static final Pattern NOTICE = Pattern.compile("(?:alert|warn|warnings?|notice|note|info)(?: .*)?");
    private static final Pattern CONDITION = Pattern.compile("(?:err|errors?|faults?) condition(?: .*)?");
    private static final Pattern HAPPENED = Pattern.compile(
            "(?:power (?:on|up)|cold start|warm start|restart(?:ing|ed)?|reboot(?:ing|ed)?|shutting down"
                    + "|(?:pq )?job completed)(?: .*)?");

    private static final Pattern ABOUT_ERRORS =
            Pattern.compile("(?:(?:no|zero|0) )?(?:err|errors?|naks?|faults?|reject(?:s|ed)?)"
                    + "(?: (?:code|status|state|number|no|count|condition|errors?|faults?|warnings?|is|found|detected"
                    + "|reported|0x|0+|none|ok|nil|null|false|free|normal|ready|success))*");
    private static final Pattern NONE =
            Pattern.compile("\\b(?:no|zero|0+|none|ok|nil|null|false|free|normal|ready|success)\\b");

    /** Words that are about the data and not about the device. */
    private static final Pattern ABOUT_DATA = Pattern.compile("\\b(?:syntax|commands?|parameters?|arguments?|checksum"
            + "|characters?|fields?|statements?|keywords?|tokens?|bar ?codes?|templates?|variables?|fonts?|graphics?"
            + "|images?)\\b");

    /** Zebra printers end their alerts with the time and their serial number, whatever language they speak. */
    private static final Pattern STAMP =
            Pattern.compile("\\s*\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\](?:\\s*\\[[^\\]]*\\])?\\s*$");

    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z])(?=[A-Z])");
    private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9\\u00df-\\u00ff]+");
    private static final Pattern BEFORE_NUMBER = Pattern.compile("(?<=[a-z])(?=[0-9])");

    private PlainWords() {}

    static Frame sort(String line) {
        String unstamped = STAMP.matcher(line).replaceFirst("");
        boolean isStamped = unstamped.length() < line.length();
        String words = words(unstamped);
        boolean complains = COMPLAINT.matcher(words).matches();
        boolean notifies = isStamped || NOTICE.matcher(words).matches();
        if (saysThatThereIsNone(words)) {
            return Frame.event(line, null);
        }
        if (DeviceWords.tellRecovery(words, complains || notifies)) {
            return Frame.event(line, DeviceStatus.well());
        }
        Set<DeviceReason> reasons = DeviceWords.reasons(words);
        if (CONDITION.matcher(words).matches()) {
            return Frame.event(line, DeviceStatus.of(reasons.isEmpty() ? EnumSet.of(DeviceReason.OTHER) : reasons));
        }
        if (reasons.isEmpty() && complains && !isStamped) {
            return complaint(line, words);
        }
        if (!reasons.isEmpty()) {
            return Frame.event(line, DeviceStatus.of(reasons));
        }
        boolean isEvent = notifies || HAPPENED.matcher(words).matches();
        return Frame.of(isEvent ? Kind.EVENT : Kind.UNKNOWN, line);
    }

    /** Sorts a complaint that names no condition: by a part of the device that it names, or as a refusal. */
    private static Frame complaint(String line, String words) {
        if (ABOUT_DATA.matcher(words).find()) {
            return Frame.of(Kind.REFUSAL, line);
        }
        Set<DeviceReason> reasons = DeviceWords.reasonsOfParts(words);
        return reasons.isEmpty() ? Frame.of(Kind.REFUSAL, line) : Frame.event(line, DeviceStatus.of(reasons));
    }

    /** Lower-case words and numbers with one space between, so that {@code PAPER_OUT} is {@code PaperOut}. */
    static String words(String line) {
        String lower = CAMEL.matcher(line).replaceAll(" ").toLowerCase(Locale.ROOT);
        String spaced = NO_WORD.matcher(lower).replaceAll(" ").strip();
        return BEFORE_NUMBER.matcher(spaced).replaceAll(" ");
    }

    private static boolean saysThatThereIsNone(String words) {
        return ABOUT_ERRORS.matcher(words).matches() && NONE.matcher(words).find();
    }
}
