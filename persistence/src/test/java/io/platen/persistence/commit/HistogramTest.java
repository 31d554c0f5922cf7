package io.platen.persistence.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A quantile is at most twice the value that it stands for, and never below it. */
final class HistogramTest {
    private final Histogram histogram = new Histogram();

    @Test
    void nothingRecordedIsNothing() {
        assertThat(histogram.count()).isZero();
        assertThat(histogram.mean()).isZero();
        assertThat(histogram.quantile(0.99)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 1",
        "2, 2",
        "3, 4",
        "4, 4",
        "5, 8",
        "1024, 1024",
        "1025, 2048",
        "4611686018427387904, 4611686018427387904"
    })
    void oneValueIsBoundedByTheNextPowerOfTwo(long value, long bound) {
        histogram.record(value);

        assertThat(histogram.quantile(0.5)).isEqualTo(bound);
        assertThat(histogram.quantile(1)).isEqualTo(bound);
    }

    @Test
    void largestValueHasABucket() {
        histogram.record(Long.MAX_VALUE);

        assertThat(histogram.count()).isEqualTo(1);
        assertThat(histogram.quantile(1)).isPositive();
    }

    @Test
    void quantilesOfManyValuesAreCloseToTheRightOnes() {
        var random = new Random(3);
        long[] values = random.longs(10_000, 1, 1_000_000).toArray();
        for (long value : values) {
            histogram.record(value);
        }
        Arrays.sort(values);

        for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 1}) {
            long right = values[(int) Math.ceil(share * values.length) - 1];
            assertThat(histogram.quantile(share)).as("quantile %s", share).isBetween(right, 2 * right);
        }
        assertThat(histogram.count()).isEqualTo(values.length);
        assertThat(histogram.sum()).isEqualTo(Arrays.stream(values).sum());
        assertThat(histogram.mean()).isEqualTo((double) histogram.sum() / values.length);
    }
}
