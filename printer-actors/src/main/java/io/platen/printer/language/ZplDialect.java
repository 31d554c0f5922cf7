package io.platen.printer.language;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Zebra printers answer queries in strings between STX and ETX, and SGD queries in quotes. Answers to queries
 * that nobody but the document can have sent are events.
 */
final class ZplDialect implements Dialect {
    /** Flow control is no part of a string, wherever it comes. */
    private static final Pattern FLOW_CONTROL = Pattern.compile("[\\x00\\x11\\x13]");

    /** {@code ~HI}: model, version, dots per millimetre, memory. */
    private static final Pattern IDENTIFICATION = Pattern.compile(
            "\\s*[^,:]{1,60},[^,]{0,40}\\d[^,]{0,40},\\s*\\d{1,3}\\s*,\\s*\\d+\\s*[KMG]?B?\\s*(?:,.*)?",
            Pattern.DOTALL);
    /** Part of {@code ~HS}, {@code ~HM} and the like. */
    private static final Pattern NUMBERS = Pattern.compile("\\s*\\d[\\d\\s]*,[\\d\\s,]*");
    /** An SGD answer, or the first or last line of one; an answer in JSON. */
    private static final Pattern QUOTED = Pattern.compile("\\s*\".*|[^\"]*\"\\s*|\\s*\\{\\s*\".*");
    /** A line of {@code ^HH}: a value, and in a second column its name. */
    private static final Pattern SETTING = Pattern.compile(" {2,}\\S.{0,40}? {2,}\\S.*");
    /** Several lines, as {@code ^HH} and {@code ~HQ} answer. */
    private static final Pattern REPORT =
            Pattern.compile("(?=[ \\t]*[\\r\\n])\\s*+[^\\r\\n]++[\\r\\n]\\s*+\\S.*", Pattern.DOTALL);

    private final ZplHostAnswer hostAnswer = new ZplHostAnswer();

    @Override
    public boolean begins(int b, boolean afterText) {
        return b == Ascii.STX;
    }

    @Override
    public Progress judge(HeldBytes frame, FrameSink out) {
        return switch (frame.last()) {
            case Ascii.STX -> Progress.NO_FRAME;
            case Ascii.ETX -> {
                takeString(frame.text(), out);
                yield Progress.DONE;
            }
            default -> Progress.MORE;
        };
    }

    /** The settings of {@code ^HH} are longer than any other answer; their head is enough to know them. */
    @Override
    public void takeOvergrown(String head, FrameSink out) {
        if (REPORT.matcher(head.substring(1)).matches()) {
            out.line(head.substring(1));
        } else {
            out.overgrown(head);
        }
    }

    @Override
    public Optional<Frame> sort(String line) {
        boolean isAnswer = QUOTED.matcher(line).matches()
                || NUMBERS.matcher(line).matches()
                || IDENTIFICATION.matcher(line).matches()
                || SETTING.matcher(line).matches()
                || REPORT.matcher(line).matches();
        return isAnswer ? Optional.of(Frame.event(line, null)) : Optional.empty();
    }

    @Override
    public boolean isMidAnswer() {
        return hostAnswer.isUnderWay();
    }

    @Override
    public void rest(FrameSink out) {
        hostAnswer.giveUp(out);
    }

    private void takeString(String bytes, FrameSink out) {
        String string =
                FLOW_CONTROL.matcher(bytes.substring(1, bytes.length() - 1)).replaceAll("");
        if (hostAnswer.take(string, out)) {
            return;
        }
        ZplErrorStatus.parse(string)
                .ifPresentOrElse(status -> out.frame(Frame.status(bytes, status.status())), () -> out.line(string));
    }
}
