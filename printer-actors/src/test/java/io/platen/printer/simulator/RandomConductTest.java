package io.platen.printer.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.simulator.Choice.Act;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class RandomConductTest {

    @Test
    void choosesTheSameWithTheSameSeed() {
        assertThat(first(1)).isEqualTo(first(1)).isNotEqualTo(first(2));
    }

    @Test
    void choosesEverySortOfThingAndMostlyReads() {
        List<Choice> choices = first(3);
        Set<Act> acts =
                choices.stream().map(Choice::act).collect(Collectors.toCollection(() -> EnumSet.noneOf(Act.class)));
        assertThat(acts).containsExactlyInAnyOrder(Act.values());
        assertThat(choices.stream().filter(choice -> choice.act() == Act.READ).count())
                .isBetween(2_000L, 3_000L);
        assertThat(choices).allSatisfy(choice -> assertThat(choice.amount()).isBetween(1, 1000));
    }

    private static List<Choice> first(long seed) {
        return RandomConduct.seeded(seed).choices().limit(5_000).toList();
    }
}
