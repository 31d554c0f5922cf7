package io.platen.printer.language;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Zebra printers answer queries with strings between STX and ETX, and SGD queries with strings in quotes. Answers to queries
 * that only the document can have sent are events.
 */
final class ZplDialect implements Dialect {
    /** NUL, XON and XOFF may come inside a string, and are no part of it. */
    private static final Pattern FLOW_CONTROL = Pattern.compile("[\\x00\\x11\\x13]");

    /** {@code ~HI}: model, version, dots per millimetre, memory. */
    private static final Pattern IDENTIFICATION = Pattern.compile(
            "\\s*[^,:]{1,60},[^,]{0,40}\\d[^,]{0,40},\\s*\\d{1,3}\\s*,\\s*\\d+\\s*[KMG]?B?\\s*(?:,.*)?",
            Pattern.DOTALL);
    /** Numbers, as in the answers to {@code ~HS} and {@code ~HM}. */
    private static final Pattern NUMBERS = Pattern.compile("\\s*\\d[\\d\\s]*,[\\d\\s,]*");
    /** An SGD answer, or the first or last line of one; an answer in JSON. */
    private static final Pattern QUOTED = Pattern.compile("\\s*\".*|[^\"]*\"\\s*|\\s*\\{\\s*\".*");
    /** A line of the answer to {@code ^HH}: a value, and its name in a second column. */
    private static final Pattern SETTING = Pattern.compile(" {2,}\\S.{0,40}? {2,}\\S.*");
    /** Several lines, as in the answers to {@code ^HH} and {@code ~HQ}. */
    private static final Pattern REPORT =
            Pattern.compile("(?=[ \\t]*[\\r\\n])\\s*+[^\\r\\n]++[\\r\\n]\\s*+\\S.*", Pattern.DOTALL);

    private final ZplHostAnswer hostAnswer = new ZplHostAnswer();

    @Override
    public boolean begins(int b, boolean afterText) {
        return b == Ascii.STX;
    }

    @Override
    public FrameProgress judge(HeldBytes frame, FrameSink out) {
        return switch (frame.last()) {
            case Ascii.STX -> FrameProgress.NO_FRAME;
            case Ascii.ETX -> {
                takeString(frame.text(), out);
                yield FrameProgress.DONE;
            }
            default -> FrameProgress.MORE;
        };
    }

    /** The answer to {@code ^HH} is longer than any other, and can be recognised by its beginning. */
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
