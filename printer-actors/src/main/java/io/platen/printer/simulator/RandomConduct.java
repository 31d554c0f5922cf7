package io.platen.printer.simulator;

import io.platen.printer.simulator.Choice.Act;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A printer that picks what it does next at random. The same seed makes the same choices in the same order; how
 * far it gets with them depends on its sender. Whatever it does, each label that it has read whole comes out once.
 *
 * @param tongue whose words it says
 * @param worstUntil on how many connections it does so, from the first one on; then it is well for ever
 * @param longestSilence how long it does nothing, or refuses connections, at most
 */
public record RandomConduct(long seed, Tongue tongue, int worstUntil, Duration longestSilence) {

    /** What it says when it refuses a job. */
    public static final String REFUSAL = "ERR:FORMAT\r\n";

    private static final Act[] ACTS = Act.values();
    private static final int WEIGHTS = Stream.of(ACTS).mapToInt(Act::weight).reduce(0, Integer::sum);

    /** Speaks ZPL's words, on every connection, and is silent for 200 ms at most. */
    public static RandomConduct seeded(long seed) {
        return new RandomConduct(seed, Tongue.ZPL, Conduct.ALWAYS, Duration.ofMillis(200));
    }

    /** The same, saying another language's words. */
    public RandomConduct speaking(Tongue newTongue) {
        return new RandomConduct(seed, newTongue, worstUntil, longestSilence);
    }

    /** The same, but well for ever after so many connections. */
    public RandomConduct worstUntil(int connections) {
        return new RandomConduct(seed, tongue, connections, longestSilence);
    }

    /** The same, but never silent for longer than this. */
    public RandomConduct silentAtMost(Duration longest) {
        return new RandomConduct(seed, tongue, worstUntil, longest);
    }

    /** All that it chooses, in order, without an end. */
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
