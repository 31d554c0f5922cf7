package io.platen.printer.language;

import org.jspecify.annotations.Nullable;

/** Joins the three strings of an answer to {@code ~HS}, even with other strings between them. */
final class ZplHostAnswer {
    private @Nullable String first;
    private @Nullable String second;

    /** Takes a string, if it belongs to an answer. Returns whether it does. */
    boolean take(String string, FrameSink out) {
        if (first != null && second != null && ZplHostStatus.isThird(string)) {
            String text = "\u0002" + first + "\u0003\r\n\u0002" + second + "\u0003\r\n\u0002" + string + "\u0003";
            out.frame(Frame.status(text, ZplHostStatus.of(first, second).status()));
            clear();
            return true;
        }
        if (first != null && second == null && ZplHostStatus.isSecond(string)) {
            second = string;
            return true;
        }
        if (ZplHostStatus.isFirst(string)) {
            giveUp(out);
            first = string;
            return true;
        }
        return false;
    }

    boolean isUnderWay() {
        return first != null;
    }

    /** Passes on the beginning of an answer that was not completed. It is neither a status nor a complaint, so an event. */
    void giveUp(FrameSink out) {
        if (first != null) {
            out.frame(Frame.event(second == null ? first : first + "\r\n" + second, null));
        }
        clear();
    }

    private void clear() {
        first = null;
        second = null;
    }
}
