package io.platen.api.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RecentLogTest {
    /** Words from outside forge no line, in the evidence and in the text log, which have the same pattern. */
    @Test
    void oneEventIsOneLine() {
        var context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        var log = new RecentLog();
        log.setContext(context);
        log.start();
        Instant began = Instant.now().minusSeconds(1);
        log.doAppend(new LoggingEvent(
                "x", context.getLogger("PrinterConnection"), Level.INFO, "The printer said: {}", null, new Object[] {
                    "ERR\r\n2026-11-27 ERROR forged \u001b[2J \u202e \u0085 ü"
                }));

        String lines = RecentLog.about("none", began);
        assertThat(lines)
                .endsWith("The printer said: ERR??2026-11-27 ERROR forged ?[2J ? ? ü" + System.lineSeparator());
        assertThat(lines.lines().filter(line -> line.contains("forged"))).hasSize(1);
    }
}
