package io.platen.printer.language;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** TSPL printers answer with one byte of bits, or with four characters between STX and ETX: state, warning, error, media. */
final class TsplDialect implements Dialect {
    private static final int SIZE = 6;
    private static final int JAM_OR_NO_PAPER = 0x06;

    @Override
    public boolean begins(int b, boolean afterText) {
        return b == Ascii.STX;
    }

    @Override
    public FrameProgress judge(HeldBytes frame, FrameSink out) {
        if (frame.size() < SIZE) {
            return frame.last() >= 0x40 && frame.last() < 0x80 ? FrameProgress.MORE : FrameProgress.NO_FRAME;
        }
        if (frame.last() != Ascii.ETX) {
            return FrameProgress.NO_FRAME;
        }
        out.frame(Frame.status(frame.text(), DeviceStatus.of(reasons(frame))));
        return FrameProgress.DONE;
    }

    /**
     * The bits of head, jam, paper, ribbon and pause. A printer without paper reports no jam, so a byte with both bits is no
     * status. Neither are CR, LF, XON, XOFF, nor bytes that can be read as text.
     */
    @Override
    public boolean isSignal(int b) {
        return Ascii.isControl(b)
                && b != 0x7F
                && (b & JAM_OR_NO_PAPER) != JAM_OR_NO_PAPER
                && b != Ascii.XON
                && b != Ascii.XOFF
                && b != Ascii.NAK;
    }

    @Override
    public Optional<Frame> sort(String line) {
        return line.length() == 1 && isSignal(line.charAt(0))
                ? Optional.of(Frame.status(line, DeviceStatus.of(reasons(line.charAt(0)))))
                : Optional.empty();
    }

    private static Set<DeviceReason> reasons(int bits) {
        return Bits.of(bits)
                .when(0x41, DeviceReason.COVER_OPEN)
                .when(0x02, DeviceReason.MEDIA_JAM)
                .when(0x04, DeviceReason.MEDIA_EMPTY)
                .when(0x08, DeviceReason.MARKER_SUPPLY_EMPTY)
                .when(0x10, DeviceReason.PAUSED)
                .when(0x80, DeviceReason.OTHER)
                .reasons();
    }

    private static Set<DeviceReason> reasons(HeldBytes frame) {
        Set<DeviceReason> reasons = EnumSet.noneOf(DeviceReason.class);
        reasons.addAll(Bits.of(frame.at(2))
                .when(0x01, DeviceReason.MEDIA_LOW)
                .when(0x02, DeviceReason.MARKER_SUPPLY_LOW)
                .when(0x08, DeviceReason.SPOOL_AREA_FULL)
                .reasons());
        reasons.addAll(Bits.of(frame.at(3)).when(0x3F, DeviceReason.OTHER).reasons());
        reasons.addAll(Bits.of(frame.at(4))
                .when(0x01, DeviceReason.MEDIA_EMPTY)
                .when(0x02, DeviceReason.MEDIA_JAM)
                .when(0x04, DeviceReason.MARKER_SUPPLY_EMPTY)
                .when(0x20, DeviceReason.COVER_OPEN)
                .when(0x18, DeviceReason.OTHER)
                .reasons());
        switch (frame.at(1)) {
            case '`', 'K' -> reasons.add(DeviceReason.PAUSED);
            case 'L' -> reasons.add(DeviceReason.LABEL_WAITING);
            case 'E' -> {
                if (reasons.stream().noneMatch(DeviceReason::stopsPrinting)) {
                    reasons.add(DeviceReason.OTHER);
                }
            }
            default -> {
                // Ready, feeding, cutting or printing.
            }
        }
        return reasons;
    }
}
