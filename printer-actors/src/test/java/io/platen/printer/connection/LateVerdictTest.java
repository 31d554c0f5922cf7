package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.AttemptId;
import io.platen.printer.connection.ConnectionSignal.Reopened;
import io.platen.printer.connection.PrinterConnection.Deliver;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.Errno;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LateVerdictTest {
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private final PhaseFixture given = new PhaseFixture();
    private final FakeLine line = given.line;
    private final LateVerdict late;

    LateVerdictTest() {
        given.settle = SETTLE;
        late = new LateVerdict(given.settings(PhaseFixture.URI), InstantSource.fixed(Instant.EPOCH));
    }

    @AfterEach
    void close() {
        given.close();
    }

    private void delivered(int job) {
        var plain = PhaseFixture.ofFormats();
        var delivery = new Deliver(new AttemptId(job, 1), plain.document(), plain.totalBytes(), plain.brief());
        var attempt = AttemptRecord.on(line, delivery.totalBytes(), given::nanos);
        attempt.begin(given.acknowledges(0).info());
        line.takes(delivery.totalBytes());
        attempt.allWritten();
        attempt.observe(given.acknowledges(delivery.totalBytes()).info(), line);
        late.judged(delivery, attempt, line, given.nanos());
    }

    private List<Reopened> resetNow() {
        return late.ended(line, Errno.ECONNRESET.exception(), given.nanos());
    }

    @Test
    void resetPutsAllJobsOfTheSettleTimeInDoubt() {
        delivered(1);
        given.pass(SETTLE.minusMillis(1));
        delivered(2);
        given.pass(Duration.ofMillis(2));
        delivered(3);

        assertThat(resetNow()).extracting(reopened -> reopened.attempt().job()).containsExactly(2, 3);
        assertThat(resetNow()).as("each is judged again once").isEmpty();
    }

    @Test
    void refusalIsAboutTheLatestJob() {
        delivered(1);
        delivered(2);

        assertThat(late.said(line, given.words("ERR:FORMAT\r\n"), given.nanos()))
                .allSatisfy(reopened -> {
                    assertThat(reopened.attempt().job()).isEqualTo(2);
                    assertThat(reopened.result().failure().cause()).isEqualTo(Cause.PRINTER_REJECTED);
                    assertThat(reopened.isLoss()).isFalse();
                });
    }

    @Test
    void otherWordsSpeakAgainstNoJob() {
        delivered(1);

        assertThat(late.said(line, given.words("SOMETHING HAPPENED\r\n"), given.nanos()))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ETIMEDOUT", "EHOSTUNREACH"})
    void endThatIsNoResetSpeaksAgainstNoJob(Errno errno) {
        delivered(1);

        assertThat(late.ended(line, errno.exception(), given.nanos())).isEmpty();
        assertThat(late.ended(line, null, given.nanos())).isEmpty();
    }

    @Test
    void anotherConnectionsEndIsNotTheirs() {
        delivered(1);

        assertThat(late.ended(new FakeLine(2, 0), Errno.ECONNRESET.exception(), given.nanos()))
                .isEmpty();
    }

    /** A printer that ends a connection so soon after a job may have read it no farther than into a format. */
    @Test
    void formatsOfRecentJobsMayBeHalfRead() {
        delivered(1);
        assertThat(late.mayHoldPart(line, given.nanos())).isTrue();

        given.pass(SETTLE.plusMillis(1));
        assertThat(late.mayHoldPart(line, given.nanos())).isFalse();
    }

    @Test
    void forgottenJobsAreNotInDoubt() {
        delivered(1);
        late.forget();

        assertThat(resetNow()).isEmpty();
    }
}
