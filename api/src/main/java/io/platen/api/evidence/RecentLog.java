package io.platen.api.evidence;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The latest log lines, in memory, so that a failure's evidence has those of its time. Configured in
 * {@code logback.xml}; without it the evidence has no log.
 */
public final class RecentLog extends AppenderBase<ILoggingEvent> {
    private static final int KEPT = 5000;
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %logger{0} [%X{printer}] %replace(%msg)"
                    + "{'[\\p{Cntrl}\\x{80}-\\x{9f}\\x{200b}-\\x{200f}\\x{2028}-\\x{202e}\\x{2060}-\\x{2069}\\x{feff}]', '?'}%n";
    private static final Deque<Line> LINES = new ArrayDeque<>();

    private final PatternLayout layout = new PatternLayout();

    private record Line(Instant at, @Nullable String printer, String text) {}

    @Override
    public void start() {
        layout.setContext(getContext());
        layout.setPattern(PATTERN);
        layout.start();
        super.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        var line = new Line(event.getInstant(), event.getMDCPropertyMap().get("printer"), layout.doLayout(event));
        synchronized (LINES) {
            LINES.addLast(line);
            if (LINES.size() > KEPT) {
                LINES.removeFirst();
            }
        }
    }

    /** The lines since a moment that are about this printer or about none. */
    static String about(String printer, Instant since) {
        synchronized (LINES) {
            return LINES.stream()
                    .filter(line -> !line.at().isBefore(since))
                    .filter(line -> line.printer() == null || line.printer().equals(printer))
                    .map(Line::text)
                    .collect(Collectors.joining());
        }
    }
}
