package io.platen.bench.cases;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds of each setting, the systems in turn
 * @param time of one round
 * @param warmUp load before warm rounds, shown as a figure of its own
 * @param cold whether the first seconds of fresh processes are measured
 * @param warm whether warm processes are measured
 * @param printers how many, one setting for each number
 * @param clients how many submit at once
 */
public record Plan(
        int rounds, Duration time, Duration warmUp, boolean cold, boolean warm, List<Integer> printers, int clients) {

    /** From "ready" on, a process counts as cold for this long. */
    public static final Duration COLD = Duration.ofSeconds(10);

    /** No longer than a round: for a quick look, a shorter one. */
    Duration coldTime() {
        return time.compareTo(Duration.ofSeconds(2)) < 0 ? time : COLD;
    }
}
