package io.platen.printer.language;

import java.util.Optional;

/**
 * SATO printers send status frames of 11, 22 or 27 bytes, when asked or every 500 to 1,000 ms, and one ACK or NAK for each
 * job. On LAN the frame's size stands before it; these bytes are no text and are dropped.
 */
final class SbplDialect implements Dialect {

    @Override
    public boolean begins(int b, boolean afterText) {
        return b == Ascii.STX;
    }

    @Override
    public FrameProgress judge(HeldBytes frame, FrameSink out) {
        if (frame.last() == Ascii.ETX) {
            Optional<DeviceStatus> status = SbplStatus.parse(frame.text());
            if (status.isPresent()) {
                out.frame(Frame.status(frame.text(), status.get()));
                return FrameProgress.DONE;
            }
        }
        return isBroken(frame.last()) || frame.size() >= SbplStatus.MAX_SIZE
                ? FrameProgress.NO_FRAME
                : FrameProgress.MORE;
    }

    /** Whether this byte cannot stand inside a frame: it begins or ends a frame or a line. */
    private static boolean isBroken(int b) {
        return b == Ascii.STX || b == Ascii.ETX || b == Ascii.CR || b == Ascii.LF;
    }

    @Override
    public boolean isSignal(int b) {
        return b == Ascii.ACK || b == Ascii.NAK;
    }

    /** NAK says that the printer has an error condition, and nothing of the data. */
    @Override
    public Optional<Frame> sort(String line) {
        return line.equals("\u0015") ? Optional.of(Frame.event(line, DeviceStatus.unexplained())) : Optional.empty();
    }
}
