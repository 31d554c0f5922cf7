package io.platen.printer.language;

import java.util.ArrayList;
import java.util.List;

/** Collects the frames, and sorts lines into frames. */
final class FrameSink {
    private final LineSorter sorter;
    private final List<Frame> frames = new ArrayList<>();

    FrameSink(LineSorter sorter) {
        this.sorter = sorter;
    }

    void frame(Frame frame) {
        frames.add(frame);
    }

    /** Takes a line of text, or a byte that stands alone. */
    void line(String text) {
        sorter.sort(text).ifPresent(frames::add);
    }

    /** Takes the beginning of a line or frame that is too long for any language. */
    void overgrown(String head) {
        sorter.sortOvergrown(head).ifPresent(frames::add);
    }

    List<Frame> frames() {
        return List.copyOf(frames);
    }
}
