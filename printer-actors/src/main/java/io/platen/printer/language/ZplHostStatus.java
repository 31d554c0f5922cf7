package io.platen.printer.language;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A ZPL printer's answer to {@code ~HS}: three strings between STX and ETX, of which the first two
 * tell whether it can print and what is left to be printed (ZPL II Programming Guide, "~HS Host Status
 * Return").
 *
 * @param diagnosing whether the printer prints the received commands in hexadecimal
 * @param labelWaiting whether a printed label waits to be taken from the peeler
 * @param formatsLeft formats in the receive buffer, a partly received one included
 * @param labelsLeft labels left in the batch that is being printed
 */
record ZplHostStatus(
        boolean paperOut,
        boolean paused,
        boolean bufferFull,
        boolean diagnosing,
        boolean tooCold,
        boolean tooHot,
        boolean headUp,
        boolean ribbonOut,
        boolean labelWaiting,
        long formatsLeft,
        long labelsLeft) {
    static final String QUERY = "~HS";

    private static final Pattern NUMBERS = Pattern.compile("\\s*\\d{1,9}\\s*(?:,\\s*\\d{1,9}\\s*){7,15}");
    private static final Pattern THIRD = Pattern.compile("\\s*\\w{0,8}\\s*(?:,\\s*\\d{1,3}\\s*){0,2}");

    /** Reads the first two strings of an answer. */
    static ZplHostStatus of(String firstString, String secondString) {
        List<String> first = fields(firstString);
        List<String> second = fields(secondString);
        return new ZplHostStatus(
                isSet(first, 1),
                isSet(first, 2),
                isSet(first, 5),
                isSet(first, 6),
                isSet(first, 10),
                isSet(first, 11),
                isSet(second, 2),
                isSet(second, 3),
                isSet(second, 7),
                number(first, 4) + number(first, 7),
                number(second, 8));
    }

    /** Whether a string can be the first of an answer: 12 numbers, fewer from older printers. */
    static boolean isFirst(String string) {
        return NUMBERS.matcher(string).matches() && !isClearlySecond(fields(string));
    }

    /** Whether a string can only be the first: twelve numbers, the fourth of which is a length. */
    static boolean isClearlyFirst(String string) {
        return NUMBERS.matcher(string).matches()
                && fields(string).size() >= 12
                && fields(string).get(3).length() > 1;
    }

    /** Whether a string can be the second: 11 numbers, the ninth of which counts the labels left of the batch. */
    static boolean isSecond(String string) {
        return NUMBERS.matcher(string).matches() && fields(string).size() >= 9 && !isClearlyFirst(string);
    }

    /** Whether a string can be the third: a password and a flag. */
    static boolean isThird(String string) {
        return THIRD.matcher(string).matches();
    }

    DeviceStatus status() {
        Set<DeviceReason> reasons = EnumSet.noneOf(DeviceReason.class);
        add(reasons, paperOut, DeviceReason.MEDIA_EMPTY);
        add(reasons, paused, DeviceReason.PAUSED);
        add(reasons, headUp, DeviceReason.COVER_OPEN);
        add(reasons, ribbonOut, DeviceReason.MARKER_SUPPLY_EMPTY);
        add(reasons, bufferFull, DeviceReason.SPOOL_AREA_FULL);
        add(reasons, labelWaiting, DeviceReason.LABEL_WAITING);
        add(reasons, diagnosing || tooHot, DeviceReason.OTHER);
        add(reasons, tooCold, DeviceReason.OTHER_WARNING);
        return DeviceStatus.of(reasons, formatsLeft + labelsLeft, QUERY);
    }

    private static void add(Set<DeviceReason> reasons, boolean applies, DeviceReason reason) {
        if (applies) {
            reasons.add(reason);
        }
    }

    /** The ninth field of the second string has eight digits; its fourth is a flag, which in the first is a length. */
    private static boolean isClearlySecond(List<String> fields) {
        return fields.size() >= 9
                && fields.get(3).length() == 1
                && fields.get(8).length() >= 5;
    }

    private static List<String> fields(String string) {
        return List.of(string.strip().split("\\s*,\\s*", -1));
    }

    /** A missing number counts as 1, so that an answer without it never means that nothing is left. */
    private static long number(List<String> fields, int index) {
        return index < fields.size() ? Long.parseLong(fields.get(index)) : 1;
    }

    private static boolean isSet(List<String> fields, int index) {
        return index < fields.size() && Long.parseLong(fields.get(index)) == 1;
    }
}
