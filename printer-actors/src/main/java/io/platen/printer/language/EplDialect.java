package io.platen.printer.language;

import io.platen.printer.language.Frame.Kind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * EPL printers answer a label with ACK, or with NAK and an error code, and {@code ^ee} with a line of codes. A line of one
 * character and a code reports a change ({@code eR}). P or R and the number of labels left may follow the code for media
 * or ribbon.
 */
final class EplDialect implements Dialect {
    private static final Pattern REPORT =
            Pattern.compile("(?:eR,?)?[^\\d\\x15]?,?(\\d\\d(?:,\\d\\d)*)(?:([PR])(\\d{1,5}))?");
    private static final Pattern REFUSED = Pattern.compile("\\x15(?:(\\d\\d)(?:([PR])(\\d{1,5}))?|([\\x01-\\x1F]))?");
    private static final String SYNTAX_ERROR = "01";

    @Override
    public boolean begins(int b, boolean afterText) {
        return b == Ascii.NAK;
    }

    @Override
    public FrameProgress judge(HeldBytes frame, FrameSink out) {
        int b = frame.last();
        if (frame.size() == 2 && isBinaryCode(b)) {
            out.line(frame.text());
            return FrameProgress.DONE;
        }
        boolean goesOn = switch (frame.size()) {
            case 2, 3 -> Ascii.isDigit(b);
            case 4 -> b == 'P' || b == 'R';
            default -> frame.size() < 10 && Ascii.isDigit(b);
        };
        if (goesOn) {
            return FrameProgress.MORE;
        }
        out.line(frame.text(frame.size() - 1));
        return FrameProgress.DONE_BEFORE_LAST;
    }

    @Override
    public boolean takeUnfinished(HeldBytes frame, FrameSink out) {
        out.line(frame.text());
        return true;
    }

    @Override
    public boolean isSignal(int b) {
        return b == Ascii.ACK;
    }

    @Override
    public Optional<Frame> sort(String line) {
        Matcher refused = REFUSED.matcher(line);
        if (refused.matches()) {
            String code = refused.group(4) == null ? refused.group(1) : "%02d".formatted((int) line.charAt(1));
            return Optional.of(
                    code == null ? Frame.event(line, DeviceStatus.unexplained()) : ofCode(line, code, refused));
        }
        Matcher report = REPORT.matcher(line);
        return report.matches() ? Optional.of(ofReport(line, report)) : Optional.empty();
    }

    private static Frame ofCode(String line, String code, Matcher refused) {
        if (code.equals(SYNTAX_ERROR)) {
            return Frame.of(Kind.REFUSAL, line);
        }
        DeviceStatus status = status(Set.of(code), refused.group(2), refused.group(3));
        return Frame.event(line, status.reasons().isEmpty() ? null : status);
    }

    private static Frame ofReport(String line, Matcher report) {
        Set<String> codes = new TreeSet<>(Set.of(report.group(1).split(",")));
        if (codes.contains(SYNTAX_ERROR)) {
            return Frame.of(Kind.REFUSAL, line);
        }
        return Frame.status(line, status(codes, report.group(2), report.group(3)));
    }

    /** The codes that are not listed here are about data or memory, and do not keep the printer from the next label. */
    private static DeviceStatus status(Set<String> codes, @Nullable String supply, @Nullable String left) {
        Set<DeviceReason> reasons = EnumSet.noneOf(DeviceReason.class);
        if (codes.contains("07")) {
            reasons.add("R".equals(supply) ? DeviceReason.MARKER_SUPPLY_EMPTY : DeviceReason.MEDIA_EMPTY);
        }
        if (codes.contains("11")) {
            reasons.add(DeviceReason.COVER_OPEN);
        }
        if (codes.contains("12")) {
            reasons.add(DeviceReason.PAUSED);
        }
        return DeviceStatus.of(reasons, left == null ? null : Long.valueOf(left), null);
    }

    private static boolean isBinaryCode(int b) {
        return b > 0
                && b < 0x20
                && b != Ascii.CR
                && b != Ascii.LF
                && b != Ascii.STX
                && !(b == Ascii.ACK || b == Ascii.NAK || b == Ascii.XON || b == Ascii.XOFF);
    }
}
