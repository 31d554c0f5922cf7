package io.platen.printer.language;

import java.util.ArrayList;
import java.util.List;

/** Where completed frames go, and lines that are still to be sorted. */
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

    /** Takes the beginning of what is too long to be anything. */
    void overgrown(String head) {
        sorter.sortOvergrown(head).ifPresent(frames::add);
    }

    List<Frame> frames() {
        return List.copyOf(frames);
    }
}
