package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.ConnectionPolicy;
import io.platen.printer.connection.ConnectionEvent.Closed;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.SessionStep.Over;
import io.platen.printer.connection.SessionStep.Stalled;
import io.platen.printer.connection.SessionStep.Unanswered;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Evidence.End;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.transport.TcpInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The session as a machine: events in, steps out, without a socket. */
final class DeliverySessionTest {
    private static final int ALL = PhaseFixture.DOCUMENT.length;

    private final PhaseFixture given = new PhaseFixture();
    private final FakeLine line = given.line;
    private final List<SessionStep> steps = new ArrayList<>();
    private @Nullable DeliverySession begun;

    @AfterEach
    void close() {
        given.close();
    }

    private void begin() {
        var delivery = PhaseFixture.delivery();
        begun = new DeliverySession(
                line,
                delivery,
                AttemptRecord.on(line, delivery.totalBytes(), given::nanos),
                given.settings(PhaseFixture.URI),
                given.policy,
                given.close,
                false,
                InstantSource.fixed(Instant.EPOCH),
                given::nanos);
    }

    private DeliverySession session() {
        return Objects.requireNonNull(begun);
    }

    /** Until everything is with the kernel. */
    private void send() {
        begin();
        take(session().sampled(given.acknowledges(0)));
        line.takes(ALL);
        take(session().written(line.allWritten()));
    }

    private void take(List<SessionStep> more) {
        steps.addAll(more);
    }

    private void socketCloses() {
        take(session().closed(new Closed(line.number(), Optional.empty())));
    }

    private Over over() {
        assertThat(steps).isNotEmpty();
        assertThat(steps.get(steps.size() - 1)).isInstanceOf(Over.class);
        assertThat(steps.stream().filter(Over.class::isInstance)).hasSize(1);
        return (Over) steps.get(steps.size() - 1);
    }

    @Test
    void asksTheKernelBeforeTheFirstByte() {
        begin();
        assertThat(line.asked).containsExactly("sample");

        take(session().sampled(given.acknowledges(0)));
        assertThat(line.asked).containsExactly("sample", "write");
    }

    @Test
    void sendsItsFinWhenAllIsWrittenAndEndsWithThePrinters() {
        send();
        assertThat(line.asked).containsExactly("sample", "write", "fin");
        assertThat(line.awaits(Timer.SAMPLE)).isTrue();

        take(session().sampled(given.acknowledges(ALL)));
        assertThat(line.awaits(Timer.CLOSE)).isTrue();
        take(session().peerFinished());
        take(session().sampled(given.acknowledges(ALL)));
        socketCloses();

        assertThat(over().evidence().end()).isEqualTo(End.PEER_FIN);
        assertThat(over().keptOpen()).isFalse();
        assertThat(line.asked).endsWith("close");
    }

    @Test
    void staysOpenWithoutAFinWhenThePolicySaysSo() {
        given.policy = ConnectionPolicy.KEEP_OPEN;
        send();
        take(session().sampled(given.acknowledges(ALL)));

        assertThat(over().keptOpen()).isTrue();
        assertThat(over().evidence().end()).isEqualTo(End.KEPT_OPEN);
        assertThat(line.asked).doesNotContain("fin", "close", "rst");
        assertThat(line.timers).isEmpty();
    }

    @Test
    void printerThatDoesNotCloseInTimeIsNotWaitedForAnyLonger() {
        send();
        take(session().sampled(given.acknowledges(ALL)));
        take(session().due(Timer.CLOSE));
        socketCloses();

        assertThat(over().evidence().end()).isEqualTo(End.CLOSE_TIMEOUT);
    }

    @Test
    void resetIsTheEndAndCarriesWhatWasAcknowledged() {
        begin();
        take(session().sampled(given.acknowledges(0)));
        line.takes(10);
        take(session().sampled(given.acknowledges(5)));
        take(session().broken(Errno.ECONNRESET.exception()));
        socketCloses();

        assertThat(over().evidence().end()).isEqualTo(End.RESET);
        assertThat(over().evidence().bytes().written()).isEqualTo(10);
        assertThat(over().evidence().bytes().acknowledged()).isEqualTo(5);
    }

    /** What the printer says before it goes is worth a second. */
    @Test
    void waitsForTheLastWordsAfterAFailedWrite() {
        begin();
        take(session().sampled(given.acknowledges(0)));
        take(session().writeFailed(new IOException("Broken pipe")));
        assertThat(line.awaits(Timer.DRAINED)).isTrue();

        take(session().said(given.words("ERROR 41\r\n")));
        take(session().due(Timer.DRAINED));
        socketCloses();

        assertThat(over().evidence().end()).isEqualTo(End.RESET);
        assertThat(over().evidence().lastWords()).isNotNull();
    }

    /** A sample may take the error of an RST; the read that follows then ends as if the printer had sent a FIN. */
    @Test
    void endOfStreamAfterAPendingResetIsNoFin() {
        begin();
        take(session().sampled(given.acknowledges(0)));
        take(session().sampled(given.sampled(PhaseFixture.info("CLOSE", 0, 0, 104))));
        take(session().peerFinished());
        socketCloses();

        assertThat(over().evidence().end()).isEqualTo(End.RESET);
    }

    /** The printer's FIN, and then its kernel's RST in answer to the rest of the data. */
    @Test
    void finBeforeTheEndOfTheDocumentIsAFinAlthoughAnRstFollows() {
        begin();
        take(session().sampled(given.acknowledges(0)));
        take(session().peerFinished());
        take(session().broken(Errno.EPIPE.exception()));
        socketCloses();

        assertThat(over().evidence().end()).isEqualTo(End.PEER_FIN);
    }

    @Test
    void printerThatTakesNothingButAnswersIsStalledAndNotGone() {
        begin();
        take(session().sampled(given.acknowledges(0)));
        given.pass(given.stall);
        take(session().sampled(given.sampled(zeroWindow(0))));
        assertThat(steps).contains(new Stalled(true));
        assertThat(line.asked).doesNotContain("rst", "close");

        line.takes(ALL);
        take(session().sampled(given.acknowledges(ALL)));
        assertThat(steps).contains(new Stalled(false));
    }

    @Test
    void printerThatLeavesProbesUnansweredIsGone() {
        begin();
        take(session().sampled(given.acknowledges(0)));
        line.takes(ALL);
        take(session().sampled(given.acknowledges(0)));
        given.pass(given.stall);
        take(session().sampled(given.sampled(zeroWindow(3))));
        socketCloses();

        assertThat(over().evidence().end()).isEqualTo(End.SILENCE);
        assertThat(line.asked).endsWith("rst");
    }

    @Test
    void patienceEndsAStall() {
        given.patience = Duration.ofSeconds(30);
        begin();
        take(session().sampled(given.acknowledges(0)));
        given.pass(Duration.ofSeconds(30));
        take(session().sampled(given.sampled(zeroWindow(0))));
        socketCloses();

        assertThat(over().evidence().end()).isEqualTo(End.STALL);
    }

    @Test
    void changedSettingsEndWhatStandsStillAndNothingElse() {
        begin();
        take(session().sampled(given.acknowledges(0)));
        take(session().retire());
        assertThat(line.asked).doesNotContain("rst");

        given.pass(given.stall);
        take(session().sampled(given.sampled(zeroWindow(0))));
        socketCloses();

        assertThat(over().evidence().end()).isEqualTo(End.RETIRED);
    }

    @Test
    void cancelStopsTheDocumentAndLetsThePrinterCloseInOrder() {
        begin();
        take(session().sampled(given.acknowledges(0)));
        take(session().cancel());
        assertThat(line.asked).contains("stop writing", "fin").doesNotContain("rst");

        take(session().peerFinished());
        socketCloses();
        assertThat(over().canceled()).isTrue();
    }

    @Test
    void cancelResetsAPrinterThatDoesNotRead() {
        begin();
        take(session().sampled(given.acknowledges(0)));
        given.pass(given.stall);
        take(session().sampled(given.sampled(zeroWindow(0))));
        take(session().cancel());

        assertThat(line.asked).endsWith("rst");
    }

    /** The printer has all of it: a reset could take from it what it has not read. */
    @Test
    void interruptEndsATakenJobInOrder() {
        send();
        take(session().sampled(given.acknowledges(ALL)));
        take(session().interrupt());
        socketCloses();

        assertThat(line.asked).contains("close").doesNotContain("rst");
        assertThat(over().evidence().end()).isEqualTo(End.CLOSE_TIMEOUT);
    }

    @Test
    void interruptResetsAJobUnderWay() {
        begin();
        take(session().sampled(given.acknowledges(0)));
        take(session().interrupt());
        socketCloses();

        assertThat(line.asked).endsWith("rst");
        assertThat(over().evidence().end()).isEqualTo(End.INTERRUPTED);
    }

    @Test
    void printerThatHasNeverAnsweredIsAskedFirstAndTheDocumentFollowsItsAnswer() {
        given.confirm = Rung.PRINTED;
        begin();
        assertThat(line.asked).containsExactly("write");

        take(session().said(given.words(PhaseFixture.ALL_IS_WELL)));
        assertThat(line.asked).containsExactly("write", "sample");
    }

    @Test
    void printerThatNeverAnswersConfirmsNothing() {
        given.confirm = Rung.PRINTED;
        begin();
        take(session().due(Timer.STATUS_REPLY));
        take(session().sampled(given.acknowledges(0)));
        line.takes(ALL);
        take(session().written(line.allWritten()));
        given.pass(given.confirmTimeout);
        take(session().due(Timer.CONFIRM));
        socketCloses();

        assertThat(over().evidence().end()).isEqualTo(End.NOT_CONFIRMED);
        assertThat(over().evidence().unanswered()).isTrue();
    }

    @Test
    void printerThatHasAnsweredBeforeIsWaitedForAndShown() {
        given.confirm = Rung.PRINTED;
        begin();
        take(session().said(given.words(PhaseFixture.ALL_IS_WELL)));
        take(session().sampled(given.acknowledges(0)));
        line.takes(ALL);
        take(session().written(line.allWritten()));
        given.pass(given.confirmTimeout);
        take(session().due(Timer.CONFIRM));

        assertThat(steps).contains(new Unanswered(true));
        assertThat(steps).noneMatch(Over.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource(ConnectionPolicy.class)
    void answersNothingMoreOnceItIsOver(ConnectionPolicy policy) {
        given.policy = policy;
        send();
        take(session().sampled(given.acknowledges(ALL)));
        take(session().peerFinished());
        take(session().sampled(given.acknowledges(ALL)));
        socketCloses();
        over();

        assertThat(session().sampled(given.acknowledges(ALL))).isEmpty();
        assertThat(session().broken(Errno.ECONNRESET.exception())).isEmpty();
        assertThat(session().peerFinished()).isEmpty();
        assertThat(session().due(Timer.CLOSE)).isEmpty();
        assertThat(session().interrupt()).isEmpty();
    }

    /**
     * Whatever happens in whatever order: the session ends at most once, never sends after it has closed, and keeps to
     * {@link SessionPhase}'s table, as assertions in it check.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keepsItsPromisesInAnyOrderOfEvents(long seed) {
        var random = new Random(seed);
        for (int run = 0; run < 2_000; run++) {
            var tester = new DeliverySessionTest();
            try {
                tester.playsAnything(random);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", run " + run, e);
            } finally {
                tester.close();
            }
        }
    }

    private void playsAnything(Random random) {
        given.policy = random.nextBoolean() ? ConnectionPolicy.KEEP_OPEN : ConnectionPolicy.PER_JOB;
        given.confirm = random.nextInt(3) == 0 ? Rung.PRINTED : Rung.ACKNOWLEDGED;
        given.patience = random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(8);
        begin();
        for (int event = 0; event < 25 && steps.stream().noneMatch(Over.class::isInstance); event++) {
            boolean wasOpen = line.isOpen();
            int askedBefore = line.asked.size();
            take(anything(random));
            given.pass(Duration.ofMillis(random.nextInt(3_000)));
            if (!wasOpen) {
                assertThat(line.asked.subList(askedBefore, line.asked.size())).doesNotContain("write", "fin");
            }
        }
        if (!line.isOpen() && steps.stream().noneMatch(Over.class::isInstance)) {
            socketCloses();
        }
        assertThat(steps.stream().filter(Over.class::isInstance).count())
                .isEqualTo(line.isOpen() && steps.stream().noneMatch(Over.class::isInstance) ? 0 : 1);
    }

    private List<SessionStep> anything(Random random) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> {
                line.takes(random.nextInt(ALL));
                yield session().sampled(given.acknowledges(Math.min(line.written(), random.nextInt(ALL + 1))));
            }
            case 2 -> session().sampled(given.sampled(zeroWindow(random.nextInt(4))));
            case 3 -> {
                line.takes(Math.max(0, ALL - line.written()));
                yield session().written(line.allWritten());
            }
            case 4 -> session().writeFailed(new IOException("Broken pipe"));
            case 5 -> session().peerFinished();
            case 6 -> session().broken((random.nextBoolean() ? Errno.ECONNRESET : Errno.ETIMEDOUT).exception());
            case 7 -> session().due(List.copyOf(EnumSet.allOf(Timer.class)).get(random.nextInt(12)));
            case 8 -> session().said(given.words(random.nextBoolean() ? PhaseFixture.ALL_IS_WELL : "ERROR\r\n"));
            case 9 -> random.nextInt(4) == 0 ? session().cancel() : session().retire();
            case 10 ->
                random.nextInt(4) == 0 ? session().interrupt() : session().sampled(given.acknowledges(ALL));
            default -> line.isOpen() ? List.of() : session().closed(new Closed(line.number(), Optional.empty()));
        };
    }

    private static TcpInfo zeroWindow(int probesUnanswered) {
        return new TcpInfo(
                "ESTABLISHED",
                TcpInfo.Timer.PERSIST,
                0,
                probesUnanswered,
                OptionalLong.of(probesUnanswered == 0 ? 0 : 60_000),
                OptionalLong.of(0),
                0,
                OptionalLong.of(0),
                OptionalLong.of(0),
                0);
    }
}
