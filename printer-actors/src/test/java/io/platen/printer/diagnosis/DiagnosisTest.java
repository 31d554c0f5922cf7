package io.platen.printer.diagnosis;

import static io.platen.printer.diagnosis.Evidence.End.CLOSE_TIMEOUT;
import static io.platen.printer.diagnosis.Evidence.End.DOCUMENT_BROKEN;
import static io.platen.printer.diagnosis.Evidence.End.INTERRUPTED;
import static io.platen.printer.diagnosis.Evidence.End.KEPT_OPEN;
import static io.platen.printer.diagnosis.Evidence.End.NOT_CONFIRMED;
import static io.platen.printer.diagnosis.Evidence.End.NOT_CONNECTED;
import static io.platen.printer.diagnosis.Evidence.End.NOT_HELD;
import static io.platen.printer.diagnosis.Evidence.End.PEER_FIN;
import static io.platen.printer.diagnosis.Evidence.End.RESET;
import static io.platen.printer.diagnosis.Evidence.End.RETIRED;
import static io.platen.printer.diagnosis.Evidence.End.SILENCE;
import static io.platen.printer.diagnosis.Evidence.End.STALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.platen.printer.diagnosis.DeliveryResult.Delivered;
import io.platen.printer.diagnosis.DeliveryResult.Failed;
import io.platen.printer.diagnosis.Evidence.End;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What was seen, and what it is called: a row for each way in which an attempt can end. */
final class DiagnosisTest {
    private static final ByteCounts ALL = new ByteCounts(100, 100L, 100);
    private static final ByteCounts HALF = new ByteCounts(100, 50L, 100);
    private static final ByteCounts NOTHING = new ByteCounts(100, 0L, 100);
    private static final ByteCounts UNTOLD = new ByteCounts(100, null, 100);

    /** A way to end, to be varied. */
    private record Seen(
            End end,
            ByteCounts bytes,
            @Nullable Throwable error,
            Rung confirm,
            boolean refused,
            boolean saidUnknown,
            boolean confirmed,
            boolean unanswered,
            Manners manners,
            String state) {

        static Seen ended(End end, ByteCounts bytes) {
            return new Seen(
                    end, bytes, null, Rung.ACKNOWLEDGED, false, false, false, false, Manners.UNKNOWN, "FIN_WAIT_2");
        }

        static Seen reset(ByteCounts bytes) {
            return ended(RESET, bytes).with(Errno.ECONNRESET);
        }

        Seen with(Errno errno) {
            return error(errno.exception());
        }

        Seen error(Throwable why) {
            return new Seen(end, bytes, why, confirm, refused, saidUnknown, confirmed, unanswered, manners, state);
        }

        Seen confirming(Rung rung) {
            return new Seen(end, bytes, error, rung, refused, saidUnknown, confirmed, unanswered, manners, state);
        }

        Seen refusing() {
            return new Seen(end, bytes, error, confirm, true, saidUnknown, confirmed, unanswered, manners, state);
        }

        Seen muttering() {
            return new Seen(end, bytes, error, confirm, refused, true, confirmed, unanswered, manners, state);
        }

        Seen printed() {
            return new Seen(end, bytes, error, confirm, refused, saidUnknown, true, unanswered, manners, state);
        }

        Seen silent() {
            return new Seen(end, bytes, error, confirm, refused, saidUnknown, confirmed, true, manners, state);
        }

        Seen manners(boolean neverCloses, boolean alwaysResets) {
            var known = new Manners(5, neverCloses, 5, alwaysResets);
            return new Seen(end, bytes, error, confirm, refused, saidUnknown, confirmed, unanswered, known, state);
        }

        Seen in(String tcpState) {
            return new Seen(end, bytes, error, confirm, refused, saidUnknown, confirmed, unanswered, manners, tcpState);
        }

        DeliveryResult judged() {
            var tcp = new TcpEvidence(state, 0L, 0L, "none", 0L, 0, 1000L);
            return Diagnosis.judge(new Evidence(
                    end,
                    error,
                    bytes,
                    confirm,
                    null,
                    refused,
                    saidUnknown,
                    bytes.anyTaken(),
                    confirmed,
                    unanswered,
                    false,
                    manners,
                    tcp,
                    Instant.EPOCH,
                    List.of()));
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                row(Seen.ended(NOT_CONNECTED, NOTHING).error(new UnknownHostException("x")), Cause.UNKNOWN_HOST),
                row(Seen.ended(NOT_CONNECTED, NOTHING).with(Errno.ECONNREFUSED), Cause.CONNECTION_REFUSED),
                row(Seen.ended(NOT_CONNECTED, NOTHING).with(Errno.EHOSTUNREACH), Cause.HOST_UNREACHABLE),
                row(Seen.ended(NOT_CONNECTED, NOTHING), Cause.CONNECT_TIMEOUT),
                row(Seen.ended(NOT_CONNECTED, NOTHING).with(Errno.EADDRNOTAVAIL), Cause.NO_LOCAL_PORT),
                row(Seen.ended(NOT_HELD, NOTHING).with(Errno.ECONNRESET), Cause.CONNECTION_RESET),
                row(Seen.reset(HALF), Cause.CONNECTION_RESET),
                row(Seen.reset(HALF).muttering(), Cause.PRINTER_REJECTED),
                row(Seen.reset(HALF).refusing(), Cause.PRINTER_REJECTED),
                // What it refused came before the document.
                row(Seen.reset(NOTHING).muttering(), Cause.CONNECTION_RESET),
                row(Seen.ended(PEER_FIN, UNTOLD).with(Errno.EPIPE), Cause.CLOSED_EARLY),
                // A refusal is one, however the line ended then.
                row(Seen.ended(SILENCE, HALF).refusing(), Cause.PRINTER_REJECTED),
                row(Seen.ended(STALL, HALF).refusing(), Cause.PRINTER_REJECTED),
                row(Seen.ended(RESET, HALF).with(Errno.ETIMEDOUT).refusing(), Cause.PRINTER_REJECTED),
                // While it is asked whether the labels are out, they may lie in its buffer.
                row(Seen.ended(RESET, ALL).with(Errno.ETIMEDOUT).confirming(Rung.PRINTED), Cause.NOT_CONFIRMED),
                row(Seen.ended(RETIRED, ALL).confirming(Rung.PRINTED), Cause.NOT_CONFIRMED),
                row(Seen.ended(RETIRED, HALF).confirming(Rung.PRINTED), Cause.INTERRUPTED),
                row(Seen.reset(ALL), Cause.RESET_AFTER_SEND),
                // Nobody knows what the words mean, and nothing was missing.
                row(Seen.reset(ALL).muttering(), Cause.RESET_AFTER_SEND),
                row(Seen.reset(ALL).refusing(), Cause.PRINTER_REJECTED),
                // Its manner is to close late, not to reset.
                row(Seen.reset(ALL).manners(true, false), Cause.RESET_AFTER_SEND),
                row(Seen.reset(HALF).manners(false, true), Cause.CONNECTION_RESET),
                row(Seen.reset(ALL).manners(false, true).confirming(Rung.PRINTED), Cause.RESET_AFTER_SEND),
                row(Seen.ended(RESET, HALF).with(Errno.ETIMEDOUT), Cause.CONNECTION_ABORTED),
                row(Seen.ended(SILENCE, HALF), Cause.CONNECTION_ABORTED),
                row(Seen.ended(STALL, HALF), Cause.STALLED),
                row(Seen.ended(PEER_FIN, HALF), Cause.CLOSED_EARLY),
                row(Seen.ended(PEER_FIN, HALF).muttering(), Cause.PRINTER_REJECTED),
                row(Seen.ended(PEER_FIN, ALL).refusing(), Cause.PRINTER_REJECTED),
                row(Seen.ended(PEER_FIN, ALL).confirming(Rung.PRINTED), Cause.NOT_CONFIRMED),
                row(Seen.ended(CLOSE_TIMEOUT, ALL).confirming(Rung.CLOSED), Cause.CLOSE_TIMEOUT),
                row(
                        Seen.ended(CLOSE_TIMEOUT, ALL)
                                .confirming(Rung.CLOSED)
                                .manners(true, false)
                                .in("FIN_WAIT_1"),
                        Cause.CLOSE_TIMEOUT),
                row(Seen.ended(CLOSE_TIMEOUT, ALL).refusing(), Cause.PRINTER_REJECTED),
                row(Seen.ended(NOT_CONFIRMED, ALL).confirming(Rung.PRINTED), Cause.NOT_CONFIRMED),
                row(Seen.ended(NOT_CONFIRMED, ALL).confirming(Rung.PRINTED).silent(), Cause.NOT_CONFIRMED),
                row(Seen.ended(KEPT_OPEN, ALL).refusing(), Cause.PRINTER_REJECTED),
                row(Seen.ended(DOCUMENT_BROKEN, HALF), Cause.DOCUMENT_UNREADABLE),
                row(Seen.ended(INTERRUPTED, HALF), Cause.INTERRUPTED),
                row(Seen.ended(RETIRED, HALF), Cause.INTERRUPTED));
    }

    static Stream<Arguments> deliveries() {
        return Stream.of(
                arguments(Seen.ended(PEER_FIN, ALL), Rung.CLOSED, null),
                arguments(Seen.ended(PEER_FIN, ALL).muttering(), Rung.CLOSED, null),
                arguments(Seen.ended(PEER_FIN, UNTOLD), Rung.CLOSED, null),
                arguments(Seen.ended(PEER_FIN, ALL).confirming(Rung.PRINTED).printed(), Rung.PRINTED, null),
                arguments(Seen.ended(KEPT_OPEN, ALL), Rung.ACKNOWLEDGED, null),
                arguments(Seen.ended(KEPT_OPEN, ALL).muttering(), Rung.ACKNOWLEDGED, null),
                arguments(Seen.ended(CLOSE_TIMEOUT, ALL), Rung.ACKNOWLEDGED, Cause.CLOSE_TIMEOUT),
                arguments(
                        Seen.ended(CLOSE_TIMEOUT, ALL).confirming(Rung.CLOSED).manners(true, false),
                        Rung.ACKNOWLEDGED,
                        Cause.CLOSE_TIMEOUT),
                arguments(Seen.reset(ALL).manners(false, true), Rung.ACKNOWLEDGED, Cause.RESET_AFTER_SEND),
                arguments(
                        Seen.reset(ALL).confirming(Rung.CLOSED).manners(false, true),
                        Rung.ACKNOWLEDGED,
                        Cause.RESET_AFTER_SEND),
                arguments(
                        Seen.reset(ALL).confirming(Rung.PRINTED).printed().manners(false, true),
                        Rung.PRINTED,
                        Cause.RESET_AFTER_SEND),
                arguments(Seen.ended(RESET, ALL).with(Errno.ETIMEDOUT), Rung.ACKNOWLEDGED, Cause.CLOSE_TIMEOUT));
    }

    private static Arguments row(Seen seen, Cause cause) {
        return arguments(seen, cause);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isAFailureOf(Seen seen, Cause cause) {
        assertThat(seen.judged()).isInstanceOfSatisfying(Failed.class, failed -> {
            var failure = failed.failure();
            assertThat(failure.cause()).isEqualTo(cause);
            assertThat(failure.isRefusalOfTheDocument()).isEqualTo(seen.refused());
            boolean isAcknowledged = failure.bytes().allAcknowledged();
            assertThat(failure.speaksAgainstTheDocument())
                    .as("only what the printer ended with bytes missing speaks against the document")
                    .isEqualTo(!isAcknowledged
                            && failure.bytes().anyTaken()
                            && failure.endedBy() == EndedBy.PRINTER
                            && failure.phase() == Phase.SEND);
        });
    }

    @ParameterizedTest
    @MethodSource("deliveries")
    void isADelivery(Seen seen, Rung rung, @Nullable Cause warning) {
        assertThat(seen.judged()).isInstanceOfSatisfying(Delivered.class, delivered -> {
            assertThat(delivered.rung()).isEqualTo(rung);
            assertThat(delivered.warning() == null ? null : delivered.warning().cause())
                    .isEqualTo(warning);
        });
    }
}
