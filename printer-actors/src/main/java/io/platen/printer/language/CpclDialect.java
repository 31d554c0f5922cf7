package io.platen.printer.language;

import java.util.Optional;
import java.util.Set;

/**
 * CPCL printers answer with one byte of bits. Only its value shows which of two queries it answers: up to 1F it is
 * {@code ESC h}, from 80 on {@code ESC i}; a byte between these is read as text. Bit 4 of the former tells of a reset, and
 * stays set until it is cleared.
 */
final class CpclDialect implements Dialect {

    @Override
    public boolean isSignal(int b) {
        return Ascii.isControl(b) && b != 0x7F;
    }

    /** XON and XOFF are bits of a status here, as ACK and NAK are. */
    @Override
    public boolean isHandshake(int b) {
        return false;
    }

    @Override
    public Optional<Frame> sort(String line) {
        return line.length() == 1 && isSignal(line.charAt(0))
                ? Optional.of(Frame.status(line, DeviceStatus.of(reasons(line.charAt(0)))))
                : Optional.empty();
    }

    private static Set<DeviceReason> reasons(int bits) {
        return bits < 0x20
                ? Bits.of(bits)
                        .when(0x02, DeviceReason.MEDIA_EMPTY)
                        .when(0x04, DeviceReason.COVER_OPEN)
                        .when(0x08, DeviceReason.OTHER_WARNING) // the battery
                        .reasons()
                : Bits.of(bits)
                        .when(0x80, DeviceReason.MARKER_SUPPLY_EMPTY)
                        .when(0x40, DeviceReason.MEDIA_LOW)
                        .when(0x20, DeviceReason.LABEL_WAITING)
                        .when(0x10, DeviceReason.MEDIA_JAM)
                        .reasons();
    }
}
