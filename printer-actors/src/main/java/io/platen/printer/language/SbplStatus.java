package io.platen.printer.language;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The status frames of SATO printers: Status3, Status4 (with the job's name) and Status5 (by item). */
final class SbplStatus {
    static final int MAX_SIZE = 27;

    private static final Pattern BY_JOB =
            Pattern.compile("\\x02[ \\d]{2}([\\dA-Za-z])([ \\d]{6})(?:.{16})?\\x03", Pattern.DOTALL);
    /** The item and its status; the item in process, its status, its error and its labels left. */
    private static final Pattern BY_ITEM =
            Pattern.compile("\\x02[ \\d*]{5}[ \\w*]{2}[ \\d*]{5}([ \\w*])([ \\w*])([ \\d]{6})\\x03");
    /** Other models send the labels left before the item in process, which is usually the same item. */
    private static final Pattern BY_SAME_ITEM =
            Pattern.compile("\\x02([ \\d*]{5})[ \\w*]{2}([ \\d]{6})(?:\\1| {5})([ \\w*])([ \\w*])\\x03");

    private SbplStatus() {}

    static Optional<DeviceStatus> parse(String frame) {
        Matcher byJob = BY_JOB.matcher(frame);
        if (byJob.matches()) {
            return Optional.of(status(byJob.group(1).charAt(0), byJob.group(2)));
        }
        Matcher bySameItem = BY_SAME_ITEM.matcher(frame);
        if (bySameItem.matches()) {
            return Optional.of(
                    status(bySameItem.group(3).charAt(0), bySameItem.group(4).charAt(0), bySameItem.group(2)));
        }
        Matcher byItem = BY_ITEM.matcher(frame);
        return byItem.matches()
                ? Optional.of(status(byItem.group(1).charAt(0), byItem.group(2).charAt(0), byItem.group(3)))
                : Optional.empty();
    }

    private static DeviceStatus status(char letter, String remaining) {
        // The last label of a job, or data that is being analysed, is under way although no label is remaining.
        boolean isWorking = "GHIJSTUV".indexOf(letter) >= 0;
        @Nullable Long left = count(remaining);
        @Nullable Long underWay = left != null && left == 0 && isWorking ? Long.valueOf(1) : left;
        DeviceStatus status = DeviceStatus.of(reasons(letter), underWay, null);
        // A nearly full buffer is no error; a full one is.
        return letter == 'a' ? new DeviceStatus(false, status.reasons(), underWay, null) : status;
    }

    /** In a status by item, digits have meanings of their own; letters mean the same as in a status by job. */
    private static DeviceStatus status(char state, char error, String remaining) {
        Set<DeviceReason> reasons = EnumSet.noneOf(DeviceReason.class);
        for (char c : new char[] {state, error}) {
            if (Character.isLetter(c)) {
                reasons.addAll(reasons(c));
            }
        }
        if (reasons.isEmpty() && error > '0' && error <= '9') {
            reasons.add(DeviceReason.OTHER);
        }
        return DeviceStatus.of(reasons, count(remaining), null);
    }

    private static @Nullable Long count(String digits) {
        return digits.chars().allMatch(Ascii::isDigit) ? Long.valueOf(digits) : null;
    }

    private static Set<DeviceReason> reasons(char letter) {
        return switch (letter) {
            case 'A', 'G', 'S' -> EnumSet.noneOf(DeviceReason.class);
            case 'B', 'H', 'T' -> EnumSet.of(DeviceReason.MARKER_SUPPLY_LOW);
            case 'C', 'I', 'U', 'a' -> EnumSet.of(DeviceReason.SPOOL_AREA_FULL);
            case 'D', 'J', 'V' -> EnumSet.of(DeviceReason.MARKER_SUPPLY_LOW, DeviceReason.SPOOL_AREA_FULL);
            case '4', 'E', 'K', 'Q', 'W' -> EnumSet.of(DeviceReason.PAUSED);
            case 'M' -> EnumSet.of(DeviceReason.LABEL_WAITING);
            case 'N' -> EnumSet.of(DeviceReason.LABEL_WAITING, DeviceReason.MARKER_SUPPLY_LOW);
            case 'O' -> EnumSet.of(DeviceReason.LABEL_WAITING, DeviceReason.SPOOL_AREA_FULL);
            case 'P' ->
                EnumSet.of(DeviceReason.LABEL_WAITING, DeviceReason.MARKER_SUPPLY_LOW, DeviceReason.SPOOL_AREA_FULL);
            case '0' -> EnumSet.of(DeviceReason.OFFLINE);
            case '1' -> EnumSet.of(DeviceReason.OFFLINE, DeviceReason.MARKER_SUPPLY_LOW);
            case '2' -> EnumSet.of(DeviceReason.OFFLINE, DeviceReason.SPOOL_AREA_FULL);
            case '3' -> EnumSet.of(DeviceReason.OFFLINE, DeviceReason.MARKER_SUPPLY_LOW, DeviceReason.SPOOL_AREA_FULL);
            case 'b' -> EnumSet.of(DeviceReason.COVER_OPEN);
            case 'c' -> EnumSet.of(DeviceReason.MEDIA_EMPTY);
            case 'd' -> EnumSet.of(DeviceReason.MARKER_SUPPLY_EMPTY);
            default -> EnumSet.of(DeviceReason.OTHER);
        };
    }
}
