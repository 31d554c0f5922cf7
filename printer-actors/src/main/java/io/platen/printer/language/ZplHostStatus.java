package io.platen.printer.language;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ZPL printer's answer to {@code ~HS}: three strings between STX and ETX, of which the first two
 * tell whether it can print and what is left to be printed (ZPL II Programming Guide, "~HS Host Status
 * Return").
 *
 * @param formatsLeft in the receive buffer, one that has come in part included
 * @param labelsLeft in the batch that is being printed
 */
public record ZplHostStatus(
        boolean paperOut, boolean paused, boolean headUp, boolean ribbonOut, long formatsLeft, long labelsLeft) {
    private static final Pattern REPLY =
            Pattern.compile("\\x02([^\\x03]*)\\x03\\s*\\x02([^\\x03]*)\\x03\\s*\\x02[^\\x03]*\\x03");

    /** Reads a reply, or nothing while it is not complete. */
    public static Optional<ZplHostStatus> parse(String reply) {
        Matcher strings = REPLY.matcher(reply);
        if (!strings.find()) {
            return Optional.empty();
        }
        String[] first = strings.group(1).split(",", -1);
        String[] second = strings.group(2).split(",", -1);
        return Optional.of(new ZplHostStatus(
                isSet(first, 1),
                isSet(first, 2),
                isSet(second, 2),
                isSet(second, 3),
                number(first, 4) + number(first, 7),
                number(second, 8)));
    }

    /** Nothing stands in the way of the next label. */
    public boolean canPrint() {
        return !paperOut && !paused && !headUp && !ribbonOut;
    }

    /** Nothing that it has taken is left to be printed. */
    public boolean isDone() {
        return formatsLeft == 0 && labelsLeft == 0;
    }

    /** What is not there or no number counts as something left. */
    private static long number(String[] fields, int index) {
        String field = index < fields.length ? fields[index].strip() : "";
        return field.matches("\\d{1,9}") ? Long.parseLong(field) : 1;
    }

    private static boolean isSet(String[] fields, int index) {
        return index < fields.length && fields[index].strip().equals("1");
    }
}
