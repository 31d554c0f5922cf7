package io.platen.printer.language;

import java.util.Optional;

/** The frames and lines of one language. One per connection, as some languages answer in several frames. */
interface Dialect {

    /** What is known of the bytes that are held. */
    enum FrameProgress {
        /** The beginning of a frame. */
        MORE,
        /** A whole frame, which the sink has. */
        DONE,
        /** A whole frame, which the sink has, and one byte that follows it. */
        DONE_BEFORE_LAST,
        /** No frame: the bytes are read again, the first one as text. */
        NO_FRAME
    }

    /** Whether a frame of several bytes begins with this one. */
    default boolean begins(int b, boolean afterText) {
        return false;
    }

    /** Judges the unfinished frame after each byte, by its size and its last byte. */
    default FrameProgress judge(HeldBytes frame, FrameSink out) {
        return FrameProgress.NO_FRAME;
    }

    /** Takes the unfinished frame as whole after a pause or at the end of the stream; false reads its bytes as text. */
    default boolean takeUnfinished(HeldBytes frame, FrameSink out) {
        return false;
    }

    /** Takes the beginning of a frame that is too long. */
    default void takeOvergrown(String head, FrameSink out) {
        out.overgrown(head);
    }

    /** Whether this byte alone is a status or an answer, wherever it stands outside frames. */
    default boolean isSignal(int b) {
        return false;
    }

    /** Whether this byte alone, at the beginning of a line, is an acknowledgement or flow control. */
    default boolean isHandshake(int b) {
        return b == Ascii.ACK || b == Ascii.NAK || b == Ascii.ENQ || b == Ascii.XON || b == Ascii.XOFF;
    }

    /** Sorts a line or a lone byte that this language knows. */
    default Optional<Frame> sort(String line) {
        return Optional.empty();
    }

    /** Whether an answer of several frames is under way. */
    default boolean isMidAnswer() {
        return false;
    }

    /** Gives up an answer of several frames that is under way. */
    default void rest(FrameSink out) {}
}
