package io.platen.bench;

import io.platen.bench.cases.Case;
import io.platen.bench.cases.Cases;
import io.platen.bench.cases.Lab;
import io.platen.bench.report.Machine;
import io.platen.bench.report.Report;
import io.platen.bench.report.Results;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "platen bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Measures Platen beside CUPS and PostgreSQL, in turn, on this machine.",
        footer = {
            "",
            "The tables go to standard output, progress goes to standard error. --out DIR also gets",
            "results.txt, results.md, results.csv and a plot for each case. An interrupted run leaves",
            "no process behind.",
            "",
            "Examples:",
            "  platen bench list",
            "  platen bench end-to-end --printers 100 --out /tmp/results",
            "  platen bench intake latency --rounds 3 --seconds 4",
            "  platen bench end-to-end --platen-home ../before --platen-home . --systems platen"
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CASE", arity = "1..*", description = "cases to measure; 'list' lists them")
    private List<String> names = List.of();

    @Mixin
    private PlanOptions plan = new PlanOptions();

    @Mixin
    private SystemOptions systems = new SystemOptions();

    @Option(names = "--out", paramLabel = "DIR", description = "also write tables, CSV and plots here")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        if (names.equals(List.of("list"))) {
            Cases.ALL.forEach(each -> out().printf("%-14s %s%n", each.name(), each.description()));
            out().flush();
            return 0;
        }
        List<Case> cases = names.stream().map(this::named).toList();
        var results = new Results();
        var machine = new ArrayList<String>();
        machine.add(Machine.text());
        machine.addAll(systems.versions(results));
        IOException failure = null;
        try (var lab = new Lab(plan.plan(), systems.systems(), results, BenchCommand::progress)) {
            GeneratorWarmUp.run();
            for (Case each : cases) {
                each.run(lab);
            }
        } catch (IOException e) {
            // What was measured so far is still worth showing.
            failure = e;
        }
        var report = new Report(results, machine, "./platen bench " + String.join(" ", arguments()));
        out().print(report.text());
        out().flush();
        if (out != null) {
            report.write(out);
        }
        if (failure != null) {
            throw failure;
        }
        return 0;
    }

    private List<String> arguments() {
        return spec.commandLine().getParseResult().originalArgs().stream()
                .filter(argument -> !argument.startsWith("--launcher-home"))
                .toList();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private static void progress(String line) {
        System.err.println(line);
    }

    private Case named(String name) {
        return Cases.named(name.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "No case is called '" + name + "'; 'platen bench list' lists them"));
    }
}
