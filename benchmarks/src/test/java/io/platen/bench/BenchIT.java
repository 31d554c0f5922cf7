package io.platen.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.bench.cases.Cases;
import io.platen.bench.cases.Lab;
import io.platen.bench.cases.Plan;
import io.platen.bench.cases.Systems;
import io.platen.bench.report.Results;
import io.platen.bench.report.Sample;
import io.platen.bench.subject.PlatenSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The smallest case for a second, against a real server: the benchmarks still fit the server. */
final class BenchIT {
    private static final Plan SECOND = new Plan(1, Duration.ofSeconds(1), Duration.ZERO, false, true, List.of(1), 4);

    @Test
    void labelsOfOneSecondArrive() throws Exception {
        // Not ./platen, which would build in the middle of a build.
        var platen = new PlatenSystem(
                "Platen",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:ThreadStackSize=8192",
                        "-cp",
                        "../api/target/classes:../spooler/target/classes:../persistence/target/classes"
                                + ":../printer-actors/target/classes:../api/target/lib/*",
                        "io.platen.api.Main"),
                Map.of(),
                "per-job");
        var results = new Results();
        try (var lab = new Lab(SECOND, new Systems(List.of(platen), false, false), results, line -> {})) {
            Cases.named("end-to-end").orElseThrow().run(lab);
        }
        assertThat(results.samples())
                .filteredOn(sample -> sample.measure().startsWith("printed"))
                .extracting(Sample::value)
                .hasSize(2)
                .allMatch(perSecond -> perSecond > 0);
    }
}
