package io.platen.api.cli;

import io.platen.printer.simulator.Fault;
import io.platen.printer.simulator.Fault.Kind;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "A label printer on a port that can be told to misbehave.",
        footer = {
            "",
            "It takes one connection at a time and answers ZPL's ~HS. While it runs it reads these commands from",
            "standard input: pause, resume, media-out, media-in, refuse, accept, restart, status, quit."
        })
public final class SimulateCommand implements Callable<Integer> {
    @Option(names = "--bind", paramLabel = "ADDRESS", description = "address to listen on (default: 127.0.0.1)")
    private String bind = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "port to listen on, 0 for a free one (default: 9100)")
    private int port = 9100;

    @Option(
            names = "--bytes-per-second",
            paramLabel = "N",
            description = "how fast it reads (default: as fast as it can)")
    private long bytesPerSecond;

    @Option(
            names = "--receive-buffer",
            paramLabel = "BYTES",
            description = "its TCP receive buffer (default: the kernel's)")
    private int receiveBuffer;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "store what each connection brings (default: discard it)")
    private @Nullable Path store;

    @ArgGroup
    private Faults faults = new Faults();

    @Option(
            names = "--times",
            paramLabel = "N",
            description = "misbehave on the first N connections only (default: always)")
    private int times = Fault.ALWAYS;

    @Option(
            names = "--reply",
            paramLabel = "TEXT",
            description = "what it says with --reject-after (default: ERR:FORMAT)")
    private String reply = "ERR:FORMAT\r\n";

    /** At most one of them. */
    static final class Faults {
        @Option(names = "--reset-after", paramLabel = "BYTES", description = "send an RST after so many bytes")
        private @Nullable Long resetAfter;

        @Option(
                names = "--reject-after",
                paramLabel = "BYTES",
                description = "answer with an error after so many bytes and close with data unread")
        private @Nullable Long rejectAfter;

        @Option(names = "--close-after", paramLabel = "BYTES", description = "close early, after so many bytes")
        private @Nullable Long closeAfter;

        @Option(names = "--never-read", description = "accept and never read")
        private boolean neverRead;

        @Option(names = "--never-close", description = "read everything and never close")
        private boolean neverClose;

        @Option(names = "--refuse", description = "refuse connections until told to accept")
        private boolean refuse;

        @Option(names = "--paused", description = "start paused: accept, but read nothing until told to resume")
        private boolean paused;

        @Option(names = "--media-out", description = "start without media: read nothing until there is some")
        private boolean mediaOut;

        Fault fault(int times, String reply) {
            if (resetAfter != null) {
                return new Fault(Kind.RESET, resetAfter, times, "");
            }
            if (rejectAfter != null) {
                return new Fault(Kind.REJECT, rejectAfter, times, reply);
            }
            if (closeAfter != null) {
                return new Fault(Kind.CLOSE_EARLY, closeAfter, times, "");
            }
            if (neverRead) {
                return new Fault(Kind.NEVER_READ, 0, times, "");
            }
            return neverClose ? new Fault(Kind.NEVER_CLOSE, 0, times, "") : Fault.none();
        }
    }

    @Override
    public Integer call() {
        var settings =
                new SimulatorSettings(bind, port, bytesPerSecond, receiveBuffer, faults.fault(times, reply), store);
        SimulatedPrinter printer;
        try {
            printer = SimulatedPrinter.start(
                    settings,
                    received -> Terminal.OUT.printf(
                            "connection %d: %,d bytes, %d labels, sha256 %s%s%n",
                            received.connection(),
                            received.size(),
                            received.labels(),
                            received.sha256(),
                            received.complete() ? "" : ", not complete"));
        } catch (UncheckedIOException e) {
            throw new ClientException(e.getMessage() + ": " + e.getCause(), e);
        }
        printer.refuse(faults.refuse);
        printer.pause(faults.paused);
        printer.outOfMedia(faults.mediaOut);
        Terminal.OUT.println("Simulated label printer at " + printer.uri());
        try (printer) {
            if (!obey(printer)) {
                // Standard input has ended, as it has for a service: run until killed.
                new CountDownLatch(1).await();
            }
        } catch (IOException e) {
            throw new ClientException("Standard input cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Terminal.DONE;
    }

    /** Obeys commands until {@code quit} (true) or the end of the input (false). */
    private static boolean obey(SimulatedPrinter printer) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line.strip().toLowerCase(Locale.ROOT)) {
                case "" -> {}
                case "pause" -> printer.pause(true);
                case "resume" -> printer.pause(false);
                case "media-out" -> printer.outOfMedia(true);
                case "media-in" -> printer.outOfMedia(false);
                case "refuse" -> printer.refuse(true);
                case "accept" -> printer.refuse(false);
                case "restart" -> printer.restart();
                case "status" ->
                    Terminal.OUT.printf(
                            "%d connections, %,d bytes, %d labels%n",
                            printer.connections(), printer.bytes(), printer.labels());
                case "quit" -> {
                    return true;
                }
                default ->
                    Terminal.OUT.println(
                            "Known are pause, resume, media-out, media-in, refuse, accept, restart, status, quit");
            }
        }
        return false;
    }
}
