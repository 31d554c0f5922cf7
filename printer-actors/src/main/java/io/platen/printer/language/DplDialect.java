package io.platen.printer.language;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Datamax printers answer Y or N for each of eight conditions, and for more in the extended answer, or answer with the
 * bits of one byte. After a reset they send R or T, with XON.
 */
final class DplDialect implements Dialect {
    /** The letters that a printer sends after a reset have no line end, and may stand right before an answer. */
    private static final Pattern FLAGS = Pattern.compile("[RT]{0,4}([YN]{8})(?::([YN?]*)(?::[YN?]*)*)?");

    private static final Pattern RESET_OR_COUNT = Pattern.compile("[RT]{1,4}|\\d{4}");

    /** ACK and NAK are bits of a status in this language. */
    @Override
    public boolean isHandshake(int b) {
        return b == Ascii.XON || b == Ascii.XOFF;
    }

    @Override
    public Optional<Frame> sort(String line) {
        Matcher flags = FLAGS.matcher(line);
        if (flags.matches()) {
            return Optional.of(Frame.status(line, DeviceStatus.of(reasons(flags))));
        }
        if (RESET_OR_COUNT.matcher(line).matches()) {
            return Optional.of(Frame.event(line, null));
        }
        return line.length() == 1 && isBits(line.charAt(0))
                ? Optional.of(Frame.status(line, DeviceStatus.of(reasons(line.charAt(0)))))
                : Optional.empty();
    }

    private boolean isBits(int b) {
        return Ascii.isControl(b) && b != Ascii.TAB && !isHandshake(b);
    }

    private static Set<DeviceReason> reasons(Matcher flags) {
        int bits = 0;
        for (int i = 0; i < 8; i++) {
            bits |= flags.group(1).charAt(i) == 'Y' ? 1 << i : 0;
        }
        Set<DeviceReason> reasons = reasons(bits);
        String more = flags.group(2);
        if (more != null && more.startsWith("Y")) {
            reasons.add(DeviceReason.OTHER); // the cutter
        }
        return reasons;
    }

    private static Set<DeviceReason> reasons(int bits) {
        return Bits.of(bits)
                .when(0x02, DeviceReason.MEDIA_EMPTY)
                .when(0x04, DeviceReason.MARKER_SUPPLY_EMPTY)
                .when(0x20, DeviceReason.PAUSED)
                .when(0x40, DeviceReason.LABEL_WAITING)
                .when(0x80, DeviceReason.OTHER)
                .reasons();
    }
}
