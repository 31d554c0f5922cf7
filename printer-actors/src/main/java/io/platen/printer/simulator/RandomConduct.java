package io.platen.printer.simulator;

import io.platen.printer.simulator.Choice.Act;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A printer that chooses at random what it does next. The same seed makes the same choices in the same order; the sender
 * decides how many of them come to pass. Each label that the printer has read whole is printed once. The methods return
 * changed copies.
 *
 * @param tongue the language whose words it says
 * @param worstUntil on how many connections it behaves like this, from the first one on; then it is healthy for ever
 * @param longestSilence how long it does nothing, or refuses connections, at most
 */
public record RandomConduct(long seed, Tongue tongue, int worstUntil, Duration longestSilence) {

    /** What it says when it refuses a job. */
    public static final String REFUSAL = "ERR:FORMAT\r\n";

    private static final Act[] ACTS = Act.values();
    private static final int WEIGHTS = Stream.of(ACTS).mapToInt(Act::weight).reduce(0, Integer::sum);

    /** Says ZPL's words, behaves like this on every connection, and is silent for 200 ms at most. */
    public static RandomConduct seeded(long seed) {
        return new RandomConduct(seed, Tongue.ZPL, Conduct.ALWAYS, Duration.ofMillis(200));
    }

    public RandomConduct speaking(Tongue newTongue) {
        return new RandomConduct(seed, newTongue, worstUntil, longestSilence);
    }

    public RandomConduct worstUntil(int connections) {
        return new RandomConduct(seed, tongue, connections, longestSilence);
    }

    public RandomConduct silentAtMost(Duration longest) {
        return new RandomConduct(seed, tongue, worstUntil, longest);
    }

    /** Its choices, in order, without an end. */
    public Stream<Choice> choices() {
        var random = new Random(seed);
        return Stream.generate(() -> choose(random));
    }

    private static Choice choose(Random random) {
        int at = random.nextInt(WEIGHTS);
        int act = 0;
        while (at >= ACTS[act].weight()) {
            at -= ACTS[act].weight();
            act++;
        }
        return new Choice(ACTS[act], 1 + random.nextInt(Choice.MOST));
    }
}
