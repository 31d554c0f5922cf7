package io.platen.bench;

import io.platen.bench.cases.Plan;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say how much is measured. */
final class PlanOptions {
    private static final int MOST_PRINTERS = 1000;

    /** When a process counts as warmed up or not. */
    enum Start {
        COLD,
        WARM,
        BOTH
    }

    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--rounds", paramLabel = "N", description = "rounds of each setting (default: 5)")
    private int rounds = 5;

    @Option(names = "--seconds", paramLabel = "S", description = "length of a warm round (default: 8)")
    private int seconds = 8;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "seconds of load before the first warm round, shown as a figure of its own (default: 60)")
    private int warmUp = 60;

    @Option(
            names = "--start",
            paramLabel = "START",
            description = "cold: the first ten seconds of fresh processes; warm; or both (default: both)")
    private Start start = Start.BOTH;

    @Option(
            names = "--printers",
            paramLabel = "N",
            split = ",",
            description = "printers of end-to-end (default: 1,10,100,1000)")
    private List<Integer> printers = List.of(1, 10, 100, MOST_PRINTERS);

    @Option(names = "--clients", paramLabel = "N", description = "connections that submit (default: 64)")
    private int clients = 64;

    Plan plan() {
        check("--rounds", rounds, 1, 1000);
        check("--seconds", seconds, 1, 3600);
        check("--warm-up", warmUp, 0, 3600);
        check("--clients", clients, 1, 1000);
        printers.forEach(count -> check("--printers", count, 1, MOST_PRINTERS));
        return new Plan(
                rounds,
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(warmUp),
                start != Start.WARM,
                start != Start.COLD,
                printers,
                clients);
    }

    private void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), "%s is %d; it must be %d to %,d".formatted(option, value, least, most));
        }
    }
}
