package io.platen.api.evidence;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.platen.printer.diagnosis.Printable;
import java.util.stream.Collectors;

/**
 * {@code %stack}: a stack trace of which every line is set in, so that words from outside in an exception's message cannot
 * look like a line of the log.
 */
public final class PrintableStack extends ThrowableProxyConverter {
    private static final int LONGEST_LINE = 500;
    private static final int MOST_LINES = 60;

    @Override
    public String convert(ILoggingEvent event) {
        String stack = super.convert(event);
        return stack.isEmpty()
                ? ""
                : stack.lines()
                        .limit(MOST_LINES)
                        .map(line -> "    " + Printable.of(line.strip(), LONGEST_LINE))
                        .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
    }
}
