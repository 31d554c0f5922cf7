package io.platen.printer.language;

import java.util.EnumSet;
import java.util.Optional;
import java.util.regex.Pattern;

/** Intermec printers send one byte for each condition, when asked or, with auto-transmit, unasked. */
final class IplDialect implements Dialect {
    /** The labels left of a batch, and other counts for which the document asked. */
    private static final Pattern COUNTS = Pattern.compile("\\d+(?:[ ,;]+\\d+)*");

    @Override
    public boolean isSignal(int b) {
        return switch (b) {
            case 0x01, 0x08, 0x0E, 0x0F, 0x11, 0x13, 0x19, 0x1C, 0x1D, 0x1E, 0x1F -> true;
            default -> false;
        };
    }

    @Override
    public Optional<Frame> sort(String line) {
        if (line.length() == 1 && isSignal(line.charAt(0))) {
            return Optional.of(ofByte(line));
        }
        return COUNTS.matcher(line).matches() ? Optional.of(Frame.event(line, null)) : Optional.empty();
    }

    private static Frame ofByte(String line) {
        return switch (line.charAt(0)) {
            case 0x01 -> Frame.status(line, DeviceStatus.of(EnumSet.noneOf(DeviceReason.class), 0L, null));
            case 0x08, 0x0F -> Frame.status(line, DeviceStatus.unexplained()); // take-up full, head hot
            case 0x13, 0x1D -> of(line, DeviceReason.SPOOL_AREA_FULL);
            case 0x19 -> of(line, DeviceReason.MEDIA_EMPTY);
            case 0x1C -> of(line, DeviceReason.LABEL_WAITING);
            case 0x1F -> of(line, DeviceReason.COVER_OPEN);
            case 0x1E -> Frame.event(line, null);
            default -> Frame.status(line, DeviceStatus.well());
        };
    }

    private static Frame of(String line, DeviceReason reason) {
        return Frame.status(line, DeviceStatus.of(EnumSet.of(reason)));
    }
}
