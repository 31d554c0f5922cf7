package io.platen.printer.language;

import java.util.List;

/**
 * Sorts what a printer says on one connection into frames, however the network cuts the stream. It holds a few
 * KiB whatever the printer sends, and works a constant time for each byte. Not for concurrent use.
 */
public interface FrameReader {

    /** The frames that these bytes complete, in order. */
    List<Frame> read(byte[] bytes);

    /**
     * What is unfinished, as the stream has ended or paused, sorted as if nothing followed; the reader starts
     * afresh.
     */
    List<Frame> rest();

    /** Whether something unfinished is held. */
    boolean isMidFrame();

    /** Whether lines came too fast for the patterns of the printer's settings, which did not look through them. */
    boolean hasSkippedLines();
}
