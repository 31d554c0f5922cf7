package io.platen.printer.language;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ZPL printer's answer to {@code ~HS}: three strings between STX and ETX, of which the first two
 * tell whether it can print (ZPL II Programming Guide, "~HS Host Status Return").
 */
public record ZplHostStatus(boolean paperOut, boolean paused, boolean headUp, boolean ribbonOut) {
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
        return Optional.of(new ZplHostStatus(isSet(first, 1), isSet(first, 2), isSet(second, 2), isSet(second, 3)));
    }

    /** Nothing stands in the way of the next label. */
    public boolean canPrint() {
        return !paperOut && !paused && !headUp && !ribbonOut;
    }

    private static boolean isSet(String[] fields, int index) {
        return index < fields.length && fields[index].strip().equals("1");
    }
}
