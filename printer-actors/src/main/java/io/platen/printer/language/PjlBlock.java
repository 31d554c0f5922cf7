package io.platen.printer.language;

import java.util.regex.Pattern;

/** Joins the lines of a PJL block, which runs from {@code @PJL USTATUS …} to a form feed. */
final class PjlBlock {
    private static final String PREFIX = "@PJL";
    /** Some printers do not end a block with a form feed. A line that does not match this cannot belong to the block, and ends it. */
    private static final Pattern BELONGS = Pattern.compile("\\s.*|\\S+\\s*|.*[=\\[\"].*");

    private final StringBuilder text = new StringBuilder();
    private boolean isOpen;
    /** Whether the block is too long: its beginning was sorted, and its further lines are dropped. */
    private boolean isOvergrown;

    boolean isOpen() {
        return isOpen;
    }

    void take(String line, FrameSink out) {
        boolean begins = line.startsWith(PREFIX);
        if (isOpen && (begins || !BELONGS.matcher(line).matches())) {
            close(out);
        }
        if (begins) {
            isOpen = true;
        }
        if (isOpen) {
            join(line, out);
        } else {
            out.line(line);
        }
    }

    void close(FrameSink out) {
        if (isOpen && !isOvergrown) {
            out.line(text.toString());
        }
        text.setLength(0);
        isOpen = false;
        isOvergrown = false;
    }

    private void join(String line, FrameSink out) {
        if (isOvergrown) {
            return;
        }
        text.append(line).append("\r\n");
        if (text.length() > Frame.MAX_TEXT) {
            out.overgrown(text.substring(0, Frame.MAX_TEXT));
            text.setLength(0);
            isOvergrown = true;
        }
    }
}
