package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import io.platen.printer.AttemptId;
import io.platen.printer.ConnectionStatus;
import io.platen.printer.ConnectionStatus.State;
import io.platen.printer.diagnosis.ByteCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShownStatusTest {
    private static final AttemptId ATTEMPT = new AttemptId(7, 1);

    private final List<ConnectionStatus> shown = new ArrayList<>();
    private final FakeLine line = new FakeLine(1, 0);
    private long nanos;
    private final ShownStatus status = new ShownStatus(
            new ConnectionMemory(100, Duration.ZERO, 0),
            () -> Instant.EPOCH.plusNanos(nanos),
            () -> nanos,
            changed -> shown.add(changed.status()));

    private ConnectionStatus latest() {
        return shown.get(shown.size() - 1);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void addressesAreShownWhileTheConnectionIsOpen() {
        status.open(line);
        assertThat(latest().state()).isEqualTo(State.OPEN);
        assertThat(latest().remote()).endsWith(":9100");

        status.closed();
        assertThat(latest().remote()).isNull();
    }

    @Test
    void stateLastsSinceItBegan() {
        status.open(line);
        pass(Duration.ofSeconds(5));
        status.open(line);
        assertThat(latest().since()).isEqualTo(Instant.EPOCH);

        status.closed();
        assertThat(latest().since()).isEqualTo(Instant.EPOCH.plusSeconds(5));
    }

    @Test
    void backingOffSaysWhenTheNextTryIs() {
        status.backingOff(Duration.ofSeconds(3));
        assertThat(latest().nextAttemptAt()).isEqualTo(Instant.EPOCH.plusSeconds(3));

        status.connecting();
        assertThat(latest().nextAttemptAt()).isNull();
    }

    @Test
    void stallIsOverWhenTheAttemptIs() {
        status.open(line);
        status.stalled(true);
        assertThat(latest().stalledSince()).isEqualTo(Instant.EPOCH);

        status.attemptIsOver();
        status.open(line);
        assertThat(latest().stalledSince()).isNull();
    }

    /** The first after 300 ms, the next a second later, and only when something has moved. */
    @Test
    void progressIsShownSeldom() {
        status.open(line);
        status.attemptBegins();
        int before = shown.size();
        status.progressed(ATTEMPT, new ByteCounts(10, 0L, 100));
        assertThat(shown).hasSize(before);

        pass(Duration.ofMillis(300));
        status.progressed(ATTEMPT, new ByteCounts(20, 10L, 100));
        assertThat(shown).hasSize(before + 1);
        pass(Duration.ofMillis(999));
        status.progressed(ATTEMPT, new ByteCounts(30, 10L, 100));
        assertThat(shown).hasSize(before + 1);
        pass(Duration.ofMillis(1));
        status.progressed(ATTEMPT, new ByteCounts(20, 10L, 100));
        assertThat(shown).as("nothing has moved").hasSize(before + 1);
        status.progressed(ATTEMPT, new ByteCounts(40, 10L, 100));
        assertThat(shown).hasSize(before + 2);
    }

    @Test
    void deviceIsShownWhenItSaysSomethingElseAndOtherwiseOnceASecond() {
        status.open(line);
        int before = shown.size();
        status.heard(words(PhaseFixture.ALL_IS_WELL));
        int first = shown.size();
        assertThat(first).isGreaterThan(before);
        status.heard(words(PhaseFixture.ALL_IS_WELL));
        assertThat(shown).hasSize(first);

        status.heard(words(PhaseFixture.ALL_IS_WELL.replace("030,0,0", "030,1,0")));
        assertThat(shown).hasSize(first + 1);
        assertThat(latest().device())
                .satisfies(device -> assertThat(device.canPrint()).isFalse());
        pass(Duration.ofMillis(1001));
        status.heard(words(PhaseFixture.ALL_IS_WELL.replace("030,0,0", "030,1,0")));
        assertThat(shown).hasSize(first + 2);
    }

    private Words words(String said) {
        return line.heard(ByteString.fromString(said));
    }
}
