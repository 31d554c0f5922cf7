package io.platen.api.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RecentLogTest {
    private final LoggerContext context = new LoggerContext();
    private final RecentLog log = new RecentLog();
    private final Instant began = Instant.now().minusSeconds(1);

    @BeforeEach
    void start() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        log.setContext(context);
        log.start();
    }

    /** Words from outside forge no line, in the evidence and in the text log, which have the same pattern. */
    @Test
    void oneEventIsOneLine() {
        log(
                "dock",
                "io.platen.printer.connection.PrinterConnection",
                "said: ERR\r\n2026-11-27 ERROR forged \u001b[2J \u202e \u0085 \u00fc",
                null);

        String lines = RecentLog.about("dock", began);
        assertThat(lines)
                .endsWith("said: ERR\\x0d\\x0a2026-11-27 ERROR forged <ESC>[2J \\u202e \\x85 \u00fc"
                        + System.lineSeparator());
        assertThat(lines.lines().filter(line -> line.contains("forged"))).hasSize(1);
    }

    @Test
    void messageOfAnExceptionForgesNoLine() {
        log("stacks", "io.platen.x", "failed", new IllegalStateException("boom\n2026-11-27 ERROR forged\u001b[2J"));

        assertThat(RecentLog.about("stacks", began).lines().filter(line -> line.contains("forged")))
                .containsExactly("    2026-11-27 ERROR forged<ESC>[2J");
    }

    /** The evidence of one printer has nothing of another's, nor of callbacks, which can have secrets. */
    @Test
    void linesOfOthersAreNotInAPrintersEvidence() {
        log("mine", "io.platen.x", "about mine", null);
        log("other", "io.platen.x", "about the other", null);
        log(null, "io.platen.api.webhook.WebhookTarget", "callback with a secret", null);
        log(null, "io.platen.persistence.commit.GroupCommit", "the disk failed", null);

        assertThat(RecentLog.about("mine", began))
                .contains("about mine", "the disk failed")
                .doesNotContain("about the other", "secret");
    }

    @Test
    void memoryIsBoundedHoweverLongAndManyLinesAre() {
        String endless = "x".repeat(1_000_000);
        for (int i = 0; i < 2_000; i++) {
            log("talks", "io.platen.x", endless, new IllegalStateException(endless));
        }
        log("talks", "io.platen.x", "the last", null);

        assertThat(RecentLog.about("talks", began))
                .hasSizeLessThan(5 * 1024 * 1024)
                .endsWith("the last" + System.lineSeparator());
    }

    private void log(@Nullable String printer, String logger, String message, @Nullable Throwable failure) {
        var event = new LoggingEvent("x", context.getLogger(logger), Level.INFO, "{}", failure, new Object[] {message});
        event.setMDCPropertyMap(printer == null ? Map.of() : Map.of("printer", printer));
        log.doAppend(event);
    }
}
