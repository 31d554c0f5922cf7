package io.platen.printer.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a simulated printer misbehaves, and what it is like afterwards. */
final class ConductTest {
    private static final Conduct ODD = Conduct.HEALTHY
            .reading(PrinterInput.FAST.atBytesPerSecond(500))
            .printing(new Printing(Printing.When.AFTER_JOB, Duration.ofMillis(40)))
            .saying(Saying.at(Saying.Moment.AT_ACCEPT, "hello"))
            .answering(PrinterAnswers.NORMAL.both(PrinterAnswers.Answering.NEVER))
            .ending(ConversationEnd.of(ConversationEnd.Kind.RESET_AT_ACCEPT))
            .troubledBy(new Trouble(Trouble.Kind.PAUSED, 0, Duration.ofSeconds(1)))
            .needingPause(Duration.ofMillis(70))
            .onFirst(2)
            .lasting(Duration.ofSeconds(10));

    @ParameterizedTest
    @CsvSource({"1, 0, true", "2, 9999, true", "3, 0, false", "1, 10000, false", "2, 10001, false"})
    void itBehavesSoOnItsFirstConnectionsAndForItsTime(int connection, long millis, boolean isOdd) {
        assertThat(ODD.on(connection, Duration.ofMillis(millis)).equals(ODD)).isEqualTo(isOdd);
    }

    @Test
    void afterwardsItIsWellAndAsSlowAsBefore() {
        Conduct after = ODD.on(3, Duration.ZERO);

        assertThat(after)
                .isEqualTo(Conduct.HEALTHY
                        .reading(PrinterInput.FAST.atBytesPerSecond(500))
                        .printing(Printing.taking(Duration.ofMillis(40))));
    }

    @Test
    void wordsAndTroublesAddUp() {
        Conduct more = ODD.saying(Saying.afterBytes(3, "x"))
                .troubledBy(new Trouble(Trouble.Kind.COVER_OPEN, 2, Duration.ZERO));

        assertThat(more.says()).extracting(Saying::words).containsExactly("hello", "x");
        assertThat(more.troubles())
                .extracting(Trouble::kind)
                .containsExactly(Trouble.Kind.PAUSED, Trouble.Kind.COVER_OPEN);
        assertThat(ODD.says()).hasSize(1);
    }
}
