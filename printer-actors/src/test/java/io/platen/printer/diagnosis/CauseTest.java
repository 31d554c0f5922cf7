package io.platen.printer.diagnosis;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.diagnosis.DeliveryResult.Failed;
import io.platen.printer.diagnosis.Evidence.End;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The causes are those that the table in {@code docs/failures.md} lists, with the same phases and numbers. */
final class CauseTest {
    private static final String HEADING = "Causes";

    static Stream<Arguments> documented() {
        return DocsTable.below(HEADING).stream().map(row -> Arguments.of(row.get(0), row.get(1), row.get(3)));
    }

    @Test
    void documentationHasARowForEachInTheSameOrder() {
        assertThat(DocsTable.below(HEADING))
                .extracting(row -> row.get(1))
                .containsExactlyElementsOf(
                        Arrays.stream(Cause.values()).map(Cause::keyword).toList());
    }

    @ParameterizedTest
    @MethodSource("documented")
    void hasTheDocumentedPhase(String phase, String cause) {
        assertThat(named(cause).phase().keyword()).isEqualTo(phase);
    }

    /** {@code 10065, 10051 · –} is every Windows number that can be shown, then Loftware's code; a dash is none. */
    @ParameterizedTest
    @MethodSource("documented")
    void showsTheDocumentedNumbers(String phase, String cause, String numbers) {
        String[] columns = (numbers.equals("–") ? "– · –" : numbers).split(" · ", -1);
        assertThat(shownNumbers(named(cause))).isEqualTo(columns[0].equals("–") ? List.of() : numbersOf(columns[0]));
        assertThat(Objects.requireNonNullElse(named(cause).loftware(), "–")).isEqualTo(columns[1]);
    }

    private static List<Integer> numbersOf(String cell) {
        return Arrays.stream(cell.split(", ", -1))
                .map(Integer::valueOf)
                .sorted()
                .toList();
    }

    /** What it shows without a socket error, and with each one that a failed connection is put down to it for. */
    private static List<Integer> shownNumbers(Cause cause) {
        var shown = Arrays.stream(Errno.values())
                .filter(errno -> causeOfAFailedConnection(errno) == cause)
                .map(cause::wsa)
                .collect(toCollection(TreeSet<@Nullable Integer>::new));
        Integer usual = cause.wsa(null);
        if (usual != null) {
            shown.add(usual);
        }
        return List.copyOf(shown);
    }

    private static Cause causeOfAFailedConnection(Errno errno) {
        var seen = new Evidence(
                End.NOT_CONNECTED,
                errno.exception(),
                ByteCounts.none(100),
                Rung.ACKNOWLEDGED,
                null,
                false,
                false,
                false,
                false,
                false,
                false,
                Manners.UNKNOWN,
                null,
                Instant.EPOCH,
                List.of());
        return Diagnosis.judge(seen)
                .fold(
                        delivered -> {
                            throw new AssertionError("delivered without a connection");
                        },
                        (Failed failed) -> failed.failure().cause(),
                        canceled -> {
                            throw new AssertionError("nobody canceled it");
                        });
    }

    private static Cause named(String keyword) {
        return Arrays.stream(Cause.values())
                .filter(cause -> cause.keyword().equals(keyword))
                .findFirst()
                .orElseThrow();
    }
}
