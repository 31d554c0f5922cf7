package io.platen.api.cli;

import io.platen.printer.simulator.PrintedCount;
import io.platen.printer.simulator.SimulatedPrinter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/** Obeys commands while a simulated printer runs. */
record SimulatorConsole(SimulatedPrinter printer, PrintStream out) {
    static final String KNOWN =
            "pause, resume, media-out, media-in, cover-open, cover-shut, refuse, accept, restart, status, quit";

    /** Obeys until {@code quit} (true) or the end of the input (false). */
    boolean obey(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line.strip().toLowerCase(Locale.ROOT)) {
                case "" -> {}
                case "pause" -> printer.pause(true);
                case "resume" -> printer.pause(false);
                case "media-out" -> printer.outOfMedia(true);
                case "media-in" -> printer.outOfMedia(false);
                case "cover-open" -> printer.openCover(true);
                case "cover-shut" -> printer.openCover(false);
                case "refuse" -> printer.refuse(true);
                case "accept" -> printer.refuse(false);
                case "restart" -> printer.restart();
                case "status" -> out.println(summary());
                case "quit" -> {
                    return true;
                }
                default -> out.println("Unknown command. The commands are " + KNOWN);
            }
        }
        return false;
    }

    /** What the printer has done so far, in words. */
    String summary() {
        PrintedCount count = PrintedCount.of(printer.printed());
        return "%d connections, %,d bytes, %d labels, of which %d copies of an earlier one and %d spoiled"
                .formatted(printer.connections(), printer.bytes(), printer.labels(), count.copies(), count.spoiled());
    }
}
