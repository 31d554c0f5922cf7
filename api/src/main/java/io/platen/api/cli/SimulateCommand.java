package io.platen.api.cli;

import io.platen.api.wire.Json;
import io.platen.printer.simulator.Conduct;
import io.platen.printer.simulator.PrintedCount;
import io.platen.printer.simulator.Received;
import io.platen.printer.simulator.Scenario;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import io.platen.printer.simulator.Tongue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Simulates a label printer, which can be told to misbehave.",
        footer = {
            "",
            "The printer takes one connection at a time, answers ~HS and ~HQES, and reads ZPL across",
            "connections as printers do: a ^XA without ^XZ swallows the data that follows.",
            "At the end it prints how many labels came out, and how many of them were copies",
            "of an earlier one.",
            "",
            "While it runs it reads commands from standard input: pause, resume, media-out,",
            "media-in, cover-open, cover-shut, refuse, accept, restart, status, quit.",
            "",
            "In TEXT, \\r \\n \\0 \\e \\\\ and \\xHH stand for their bytes. A DURATION is 250ms, 5s",
            "or 2m. Options given with a scenario change that scenario's printer.",
            "",
            "Examples:",
            "  platen simulate --scenario help",
            "  platen simulate --scenario prints-then-resets --stop-after 60s --json",
            "  platen simulate --scenario random --seed 7 --worst-until 200",
            "  platen simulate --reset-after-label 100ms --times 3",
            "  platen simulate --media-out-after-labels 3 --media-back-after 10s \\",
            "      --buffer-while-stopped 100000 --answers-hs not-while-out",
            "  platen simulate --says-every '500ms=\\x02  A000000\\x03'",
            "  platen simulate --says-when-stopped '\\x15' --needs-pause 5s"
        })
public final class SimulateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "address to listen on (default: 127.0.0.1)")
    private String bind = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "port to listen on, 0 for a free one (default: 9100)")
    private int port = 9100;

    @Option(
            names = "--receive-buffer",
            paramLabel = "BYTES",
            description = "size of its TCP receive buffer (default: the kernel's)")
    private int receiveBuffer;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "store the data of each connection here (default: discard it)")
    private @Nullable Path store;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "behave as a printer of this kind; 'help' lists them (default: healthy)")
    private String scenario = Scenario.HEALTHY.title();

    @Option(names = "--seed", paramLabel = "N", description = "seed of the random scenario (default: 1)")
    private long seed = 1;

    @Option(
            names = "--worst-until",
            paramLabel = "N",
            description = "after N connections the random scenario stays healthy (default: never)")
    private int worstUntil = Conduct.ALWAYS;

    @Option(
            names = "--tongue",
            paramLabel = "LANGUAGE",
            description = "the language of the random scenario's replies: ${COMPLETION-CANDIDATES} (default: ZPL)")
    private Tongue tongue = Tongue.ZPL;

    @Mixin
    private SimulatedWork work = new SimulatedWork();

    @Mixin
    private SimulatedWords words = new SimulatedWords();

    @ArgGroup
    private SimulatedEnding ending = new SimulatedEnding();

    @Option(
            names = "--reply",
            paramLabel = "TEXT",
            converter = BytesText.class,
            description = "the reply of --reject-after (default: ERR:FORMAT\\r\\n)")
    private @Nullable String reply;

    @Option(names = "--refuse", description = "refuse connections until told to accept")
    private boolean refuse;

    @Option(names = "--paused", description = "start paused, until told to resume")
    private boolean paused;

    @Option(names = "--media-out", description = "start without media, until told that it is in")
    private boolean mediaOut;

    @Option(
            names = "--stop-after",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "end by itself after this time (default: never)")
    private @Nullable Duration stopAfter;

    @Option(names = "--json", description = "print one JSON object at the end, and all else to standard error")
    private boolean json;

    private final CountDownLatch toldToEnd = new CountDownLatch(1);
    private final AtomicBoolean summarized = new AtomicBoolean();

    @Override
    public Integer call() {
        if (scenario.equals("help")) {
            var table = new Table("SCENARIO", "A PRINTER THAT");
            for (Scenario each : Scenario.values()) {
                table.row(each.title(), each.description());
            }
            table.print(Terminal.OUT);
            return Terminal.DONE;
        }
        PrintStream out = json ? Terminal.ERR : Terminal.OUT;
        SimulatedPrinter printer;
        try {
            printer = SimulatedPrinter.start(settings(), received -> out.println(line(received)));
        } catch (UncheckedIOException e) {
            throw new ClientException(e.getMessage() + ": " + e.getCause(), e);
        }
        printer.refuse(refuse);
        // Without the option nothing is called: pause(false) would undo a pause that the scenario begins with.
        if (paused) {
            printer.pause(true);
        }
        if (mediaOut) {
            printer.outOfMedia(true);
        }
        out.println("Simulated label printer at " + printer.uri());
        var console = new SimulatorConsole(printer, out);
        // The summary is printed after a signal, too.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> summarize(console)));
        try (printer) {
            awaitEnd(console);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        summarize(console);
        return Terminal.DONE;
    }

    /** The settings that the options ask for. */
    SimulatorSettings settings() {
        Scenario chosen = Scenario.named(scenario)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "No scenario is called '" + scenario + "'; --scenario help lists them"));
        SimulatorSettings settings = chosen.in(SimulatorSettings.healthy(), seed);
        Conduct conduct = words.in(work.in(settings.conduct()));
        var random = settings.random();
        return new SimulatorSettings(
                bind,
                port,
                receiveBuffer == 0 ? settings.receiveBufferBytes() : receiveBuffer,
                conduct.ending(ending.or(conduct.ending(), reply)),
                random == null ? null : random.worstUntil(worstUntil).speaking(tongue),
                store);
    }

    private void awaitEnd(SimulatorConsole console) throws InterruptedException {
        var reader = new Thread(() -> obey(console), "simulate-console");
        reader.setDaemon(true);
        reader.start();
        if (stopAfter == null) {
            toldToEnd.await();
        } else {
            toldToEnd.await(stopAfter.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Reads commands. When standard input ends, as it does at once for a service, the printer runs until it is killed. */
    private void obey(SimulatorConsole console) {
        try {
            if (console.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)))) {
                toldToEnd.countDown();
            }
        } catch (IOException e) {
            console.out().println("Standard input cannot be read: " + e.getMessage());
        }
    }

    private void summarize(SimulatorConsole console) {
        if (!summarized.compareAndSet(false, true)) {
            return;
        }
        if (json) {
            Terminal.OUT.println(Json.pretty(counts(console.printer())));
        } else {
            Terminal.OUT.println(console.summary());
        }
        Terminal.flush();
    }

    private static Map<String, Object> counts(SimulatedPrinter printer) {
        PrintedCount count = PrintedCount.of(printer.printed());
        var counts = new LinkedHashMap<String, Object>();
        counts.put("connections", printer.connections());
        counts.put("bytes", printer.bytes());
        counts.put("labels", printer.labels());
        counts.put("copies", count.copies());
        counts.put("spoiled", count.spoiled());
        return counts;
    }

    private static String line(Received received) {
        return "connection %d: %,d bytes, %d labels, sha256 %s%s"
                .formatted(
                        received.connection(),
                        received.size(),
                        received.labels(),
                        received.sha256(),
                        received.complete() ? "" : ", not complete");
    }
}
