package io.platen.api.evidence;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.platen.printer.diagnosis.Printable;
import java.util.StringJoiner;

/**
 * {@code %stack}: a stack trace with every line indented, so that text from outside in an exception's message cannot look
 * like a line of the log.
 */
public final class PrintableStack extends ThrowableProxyConverter {
    private static final int LONGEST_LINE = 500;
    private static final int MOST_LINES = 150;

    /** Most lines of one exception: its cause follows, and explains more. */
    private static final int MOST_OF_ONE = 30;

    @Override
    public String convert(ILoggingEvent event) {
        String stack = super.convert(event);
        var lines = new StringJoiner("");
        int ofThis = 0;
        int all = 0;
        for (String line : (Iterable<String>) stack.lines()::iterator) {
            String text = line.strip();
            ofThis = text.startsWith("Caused by") || text.startsWith("Wrapped by") ? 0 : ofThis + 1;
            if (ofThis <= MOST_OF_ONE && all++ < MOST_LINES) {
                lines.add("    " + Printable.of(text, LONGEST_LINE) + System.lineSeparator());
            }
        }
        return lines.toString();
    }
}
