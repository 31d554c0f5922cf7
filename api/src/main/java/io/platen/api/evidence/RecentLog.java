package io.platen.api.evidence;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the latest log lines in memory for the evidence of failures. Configured in {@code logback.xml}; without it the
 * evidence has no log.
 */
public final class RecentLog extends AppenderBase<ILoggingEvent> {
    private static final int MOST_LINES = 5000;

    /** In characters. */
    private static final int MOST_TEXT = 4 * 1024 * 1024;

    private static final int LONGEST = 16 * 1024;
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %logger{0} [%X{printer}] %printable%n%stack";

    /** Loggers whose lines concern all printers: the stores, and the server's start and end. */
    private static final List<String> ABOUT_ALL = List.of("io.platen.persistence.", "io.platen.api.server.Server");

    private static final Deque<LogLine> LINES = new ArrayDeque<>();
    private static int text;

    private final PatternLayout layout = new PatternLayout();

    private record LogLine(Instant at, @Nullable String printer, boolean isAboutAll, String text) {
        boolean isAbout(String id) {
            return printer == null ? isAboutAll : printer.equals(id);
        }
    }

    @Override
    public void start() {
        layout.setContext(getContext());
        layout.setPattern(PATTERN);
        layout.getInstanceConverterMap().put("printable", PrintableMessage::new);
        layout.getInstanceConverterMap().put("stack", PrintableStack::new);
        layout.start();
        super.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        String written = layout.doLayout(event);
        var line = new LogLine(
                event.getInstant(),
                event.getMDCPropertyMap().get("printer"),
                ABOUT_ALL.stream().anyMatch(event.getLoggerName()::startsWith),
                written.length() <= LONGEST ? written : written.substring(0, LONGEST) + System.lineSeparator());
        synchronized (LINES) {
            LINES.addLast(line);
            text += line.text().length();
            while (LINES.size() > MOST_LINES || text > MOST_TEXT) {
                text -= LINES.removeFirst().text().length();
            }
        }
    }

    /**
     * The lines since a moment about this printer or about all printers. Other lines without a printer are left out: they
     * can quote what the submitters of another printer sent.
     */
    static String about(String printer, Instant since) {
        List<LogLine> lines;
        synchronized (LINES) {
            lines = List.copyOf(LINES);
        }
        return lines.stream()
                .filter(line -> !line.at().isBefore(since) && line.isAbout(printer))
                .map(LogLine::text)
                .collect(Collectors.joining());
    }
}
