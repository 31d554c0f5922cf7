package io.platen.printer.language;

import java.util.List;

/**
 * Sorts what a printer says on one connection into frames, however the network cuts the stream. It holds a few KiB at most,
 * and its work for each byte is constant. Not for concurrent use.
 */
public interface FrameReader {

    /** The frames that these bytes complete, in order. */
    List<Frame> read(byte[] bytes);

    /**
     * Sorts what is unfinished as if it were whole, because the stream has ended or paused. Then the reader holds nothing.
     */
    List<Frame> rest();

    /** Whether an unfinished frame or line is held. */
    boolean isMidFrame();

    /** Whether lines came too fast to be searched with the patterns of the printer's settings. */
    boolean hasSkippedLines();
}
