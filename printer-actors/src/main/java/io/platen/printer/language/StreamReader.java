package io.platen.printer.language;

import java.util.List;

/**
 * Reads a printer's stream byte by byte: as a frame of the language after the first byte of one, else as lines of text.
 * Bytes that turn out to be no frame are read again as text, each at most once.
 */
final class StreamReader implements FrameReader {
    private final Dialect dialect;
    private final PatternBudget budget = new PatternBudget(System::nanoTime);
    private final LineSorter sorter;
    private final TextLines lines;
    private final HeldBytes frame = new HeldBytes();
    /** Whether the unfinished frame is too long and its bytes are dropped. */
    private boolean isDropping;

    StreamReader(Dialect dialect, ReplyPatterns patterns) {
        this.dialect = dialect;
        sorter = new LineSorter(dialect, patterns, budget);
        lines = new TextLines(dialect);
    }

    @Override
    public List<Frame> read(byte[] bytes) {
        FrameSink out = new FrameSink(sorter);
        for (byte b : bytes) {
            take(b & 0xFF, out);
        }
        return out.frames();
    }

    @Override
    public List<Frame> rest() {
        FrameSink out = new FrameSink(sorter);
        while (!frame.isEmpty()) {
            if (dialect.takeUnfinished(frame, out)) {
                frame.clear();
            } else {
                readAgain(out);
            }
        }
        isDropping = false;
        lines.rest(out);
        dialect.rest(out);
        return out.frames();
    }

    @Override
    public boolean isMidFrame() {
        return !frame.isEmpty() || lines.isHolding() || dialect.isMidAnswer();
    }

    @Override
    public boolean hasSkippedLines() {
        return budget.wasSpent();
    }

    private void take(int b, FrameSink out) {
        if (!frame.isEmpty()) {
            frame.add(b);
            judge(b, out);
        } else if (dialect.begins(b, isDropping || lines.isMidLine())) {
            isDropping = false;
            lines.end(out);
            frame.add(b);
        } else if (isDropping) {
            isDropping = b != Ascii.ETX;
        } else {
            lines.take(b, out);
        }
    }

    private void judge(int b, FrameSink out) {
        switch (dialect.judge(frame, out)) {
            case MORE -> {
                if (frame.isFull()) {
                    dialect.takeOvergrown(frame.drain(), out);
                    isDropping = true;
                }
            }
            case DONE -> frame.clear();
            case DONE_BEFORE_LAST -> {
                frame.clear();
                take(b, out);
            }
            case NO_FRAME -> readAgain(out);
        }
    }

    private void readAgain(FrameSink out) {
        String bytes = frame.drain();
        lines.take(bytes.charAt(0), out);
        for (int i = 1; i < bytes.length(); i++) {
            take(bytes.charAt(i), out);
        }
    }
}
