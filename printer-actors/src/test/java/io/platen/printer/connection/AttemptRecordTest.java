package io.platen.printer.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.language.Frame;
import io.platen.printer.transport.TcpInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Whose a reply is on a connection that was used before. */
final class AttemptRecordTest {
    private static final Words ERROR =
            new Words("ERR:FORMAT".getBytes(US_ASCII), List.of(new Frame(Frame.Kind.REFUSAL, "ERR:FORMAT", null)));

    /** A job of 100 bytes, behind 1,000 of others. */
    private final AttemptRecord attempt = AttemptRecord.reusing(new FakeLine(1, 1000), 100, System::nanoTime);

    @Test
    void replyIsOfTheJobBeforeWhileTheKernelSaysLaterThatNothingIsAcknowledged() {
        attempt.begin(sample(1000));
        assertThat(attempt.replied(ERROR)).isTrue();

        assertThat(attempt.wordsForTheJobBefore(System.nanoTime(), true))
                .usingRecursiveComparison()
                .isEqualTo(ERROR);
    }

    /** The answer to a question from before the reply may be read behind it. */
    @Test
    void sampleFromBeforeTheReplyDecidesNothing() {
        attempt.begin(sample(1000));
        long before = System.nanoTime() - 1;
        attempt.replied(ERROR);

        assertThat(attempt.wordsForTheJobBefore(before, true).isEmpty()).isTrue();
        assertThat(attempt.wordsForTheJobBefore(System.nanoTime(), true))
                .usingRecursiveComparison()
                .isEqualTo(ERROR);
    }

    @Test
    void replyBeforeTheFirstByteIsOfTheJobBefore() {
        assertThat(attempt.replied(ERROR)).isTrue();
        attempt.begin(Optional.empty());

        assertThat(attempt.wordsForTheJobBefore(System.nanoTime(), true))
                .usingRecursiveComparison()
                .isEqualTo(ERROR);
    }

    private static Optional<TcpInfo> sample(long acknowledged) {
        return Optional.of(new TcpInfo(
                "ESTABLISHED",
                TcpInfo.Timer.NONE,
                0,
                0,
                OptionalLong.of(0),
                OptionalLong.of(0),
                acknowledged,
                OptionalLong.of(0),
                OptionalLong.of(65_535),
                0));
    }
}
