package io.platen.printer.language;

/** Cuts text into lines, and lines into PJL blocks; bytes that stand alone are lines of their own. */
final class TextLines {
    private final Dialect dialect;
    private final HeldBytes line = new HeldBytes();
    private final PjlBlock block = new PjlBlock();
    /** Whether the unfinished line is too long and its bytes are dropped. */
    private boolean isDropping;
    /** Whether the byte before was the end of a line. */
    private boolean isAfterEnd;

    TextLines(Dialect dialect) {
        this.dialect = dialect;
    }

    boolean isMidLine() {
        return isDropping || !line.isEmpty();
    }

    boolean isHolding() {
        return !line.isEmpty() || block.isOpen();
    }

    void take(int b, FrameSink out) {
        boolean isEnd = isEnd(b);
        if (isEnd) {
            end(out);
            if (b == Ascii.FF) {
                block.close(out);
            }
        } else if (dialect.isSignal(b) && !(b == Ascii.TAB && isMidLine())) {
            end(out);
            out.line(Character.toString(b));
        } else if (!isMidLine() && dialect.isHandshake(b)) {
            out.line(Character.toString(b));
        } else if (b != Ascii.XON && b != Ascii.XOFF) {
            hold(b, out);
        }
        isAfterEnd = isEnd;
    }

    /** Ends the unfinished line. */
    void end(FrameSink out) {
        isDropping = false;
        if (!line.isEmpty()) {
            String text = line.drain();
            boolean isFramed = text.length() > 1 && text.charAt(0) == Ascii.STX;
            block.take(isFramed ? text.substring(1) : text, out);
        }
    }

    void rest(FrameSink out) {
        end(out);
        block.close(out);
        isAfterEnd = false;
    }

    /**
     * Whether this byte ends a line. In some languages such a byte can be a status, too. CR and LF never are. NUL is none
     * after text or the end of a line, as C's strings end with it, nor is TAB after the end of a line, nor FF in PJL.
     */
    private boolean isEnd(int b) {
        return switch (b) {
            case Ascii.CR, Ascii.LF -> true;
            case Ascii.NUL -> isMidLine() || isAfterEnd || !dialect.isSignal(b);
            case Ascii.TAB -> isAfterEnd && dialect.isSignal(b);
            case Ascii.FF -> isMidLine() || block.isOpen() || !dialect.isSignal(b);
            case Ascii.STX -> isMidLine() && !dialect.isSignal(b);
            case Ascii.ETX -> !dialect.isSignal(b);
            default -> false;
        };
    }

    private void hold(int b, FrameSink out) {
        if (isDropping) {
            return;
        }
        if (line.isFull()) {
            out.overgrown(line.drain());
            isDropping = true;
        } else {
            line.add(b);
        }
    }
}
