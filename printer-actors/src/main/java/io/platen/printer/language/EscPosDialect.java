package io.platen.printer.language;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * ESC/POS printers send four bytes at every change (ASB), and one byte as the answer to each DLE EOT. The bits that are
 * always set tell the two from each other and from XON and XOFF, but not from all text.
 */
final class EscPosDialect implements Dialect {
    private static final int SIZE = 4;
    private static final int FIXED = 0x93;

    @Override
    public boolean begins(int b, boolean afterText) {
        return (b & FIXED) == 0x10 && (b < 0x20 || !afterText);
    }

    @Override
    public FrameProgress judge(HeldBytes frame, FrameSink out) {
        int b = frame.last();
        boolean isLineEnd = frame.size() == 3 && frame.at(0) >= 0x20 && frame.at(1) == Ascii.CR && b == Ascii.LF;
        boolean isText = frame.size() == SIZE && b >= 0x20;
        if ((b & 0x90) != 0 || isLineEnd || isText) {
            return FrameProgress.NO_FRAME;
        }
        if (frame.size() < SIZE) {
            return FrameProgress.MORE;
        }
        out.frame(Frame.status(frame.text(), DeviceStatus.of(reasons(frame))));
        return FrameProgress.DONE;
    }

    @Override
    public boolean isSignal(int b) {
        return b < 0x20 && isAnswer(b);
    }

    /** A byte that could be text counts as a DLE EOT answer when it stands alone. {@code _} begins an answer to GS I. */
    @Override
    public Optional<Frame> sort(String line) {
        if (line.length() == 1 && isAnswer(line.charAt(0))) {
            return Optional.of(ofAnswer(line));
        }
        return line.length() > 1 && line.charAt(0) == '_' ? Optional.of(Frame.event(line, null)) : Optional.empty();
    }

    private static boolean isAnswer(int b) {
        return (b & FIXED) == 0x12;
    }

    /**
     * The byte does not say which of four queries it answers. Bits 5 and 6, or 2 and 3, are set together only when the paper
     * is out or near its end; one of them alone means a different thing in each answer.
     */
    private static Frame ofAnswer(String line) {
        return switch (line.charAt(0) & ~0x12) {
            case 0x00 -> Frame.status(line, DeviceStatus.well());
            case 0x0C -> of(line, EnumSet.of(DeviceReason.MEDIA_LOW));
            case 0x60, 0x6C -> of(line, EnumSet.of(DeviceReason.MEDIA_EMPTY));
            case 0x20 -> of(line, EnumSet.of(DeviceReason.OTHER));
            default -> Frame.event(line, null);
        };
    }

    private static Frame of(String line, Set<DeviceReason> reasons) {
        return Frame.status(line, DeviceStatus.of(reasons));
    }

    private static Set<DeviceReason> reasons(HeldBytes asb) {
        Set<DeviceReason> reasons = Bits.of(asb.at(0))
                .when(0x08, DeviceReason.OFFLINE)
                .when(0x20, DeviceReason.COVER_OPEN)
                .reasons();
        reasons.addAll(Bits.of(asb.at(1)).when(0x6C, DeviceReason.OTHER).reasons());
        boolean isEmpty = (asb.at(2) & 0x0C) != 0;
        boolean isLow = (asb.at(2) & 0x03) != 0;
        if (isEmpty || isLow) {
            reasons.add(isEmpty ? DeviceReason.MEDIA_EMPTY : DeviceReason.MEDIA_LOW);
        }
        return reasons;
    }
}
