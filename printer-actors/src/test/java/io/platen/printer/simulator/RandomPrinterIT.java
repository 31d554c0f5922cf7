package io.platen.printer.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.simulator.Choice.Act;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class RandomPrinterIT {
    private static final int WORST_UNTIL = 40;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void printsWhatItReadOnceAndIsWellInTheEnd(long seed) throws Exception {
        RandomConduct conduct =
                RandomConduct.seeded(seed).worstUntil(WORST_UNTIL).silentAtMost(Duration.ofMillis(5));
        Set<String> sent = new HashSet<>();
        List<String> sentToAWellPrinter = new ArrayList<>();
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(conduct))) {
            for (int job = 0; sentToAWellPrinter.size() < 3; job++) {
                String text = "job %d %s".formatted(job, "x".repeat(2_000));
                boolean isWell = printer.connections() >= WORST_UNTIL;
                sent.add(text);
                if (deliver(printer, "~JX^XA" + text + "^XZ") && isWell) {
                    sentToAWellPrinter.add(text);
                }
            }
            List<String> printed = printer.printed().stream().map(Label::text).toList();
            assertThat(printed).doesNotHaveDuplicates().isSubsetOf(sent).containsAll(sentToAWellPrinter);
            assertThat(printer.deeds()).hasSize(WORST_UNTIL);
            var didInOrder = printer.deeds().stream().flatMap(deeds -> deeds.did().stream());
            assertThat(isPartOf(didInOrder.toList(), conduct.choices().iterator()))
                    .isTrue();
            assertThat(printer.deeds())
                    .allSatisfy(deeds -> assertThat(deeds.refused())
                            .isEqualTo(deeds.did().stream().anyMatch(choice -> choice.act() == Act.REFUSE_JOB)));
        }
    }

    /** Whether a connection was made and the printer ended it in order. */
    private static boolean deliver(SimulatedPrinter printer, String bytes) {
        try (var client = new Client(printer)) {
            return client.send(bytes).halfClose().hear().end() == Client.End.FIN;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isPartOf(List<Choice> part, Iterator<Choice> all) {
        for (Choice next : part) {
            int tries = 0;
            while (!all.next().equals(next)) {
                if (++tries > 100_000) {
                    return false;
                }
            }
        }
        return true;
    }
}
