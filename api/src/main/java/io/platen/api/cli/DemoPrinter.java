package io.platen.api.cli;

import io.platen.api.wire.Json;
import io.platen.printer.simulator.Fault;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.util.List;
import java.util.Map;

/**
 * One of the demo's printers, and what is expected of it.
 *
 * @param character a few words on its conduct
 * @param labels how many labels it is sent
 * @param graphicBytes size of the picture on each label
 */
record DemoPrinter(
        String id, String character, int labels, int graphicBytes, Expectation expected, SimulatedPrinter simulated) {

    private static final int GRAPHIC_ROW_BYTES = 32;

    /** How its jobs end. */
    enum Expectation {
        ALL_COMPLETED,
        COMPLETED_WITH_ONE_RETRY,
        ALL_FAILED
    }

    /** Starts the four printers. */
    static List<DemoPrinter> cast() {
        var healthy = SimulatorSettings.healthy();
        return List.of(
                new DemoPrinter(
                        "dock-1", "healthy", 12, 512, Expectation.ALL_COMPLETED, SimulatedPrinter.start(healthy)),
                new DemoPrinter(
                        "dock-2",
                        "slow, 16 kB/s",
                        6,
                        4096,
                        Expectation.ALL_COMPLETED,
                        SimulatedPrinter.start(healthy.atBytesPerSecond(16_000).withReceiveBuffer(4096))),
                new DemoPrinter(
                        "dock-3",
                        "resets once, halfway",
                        8,
                        32_768,
                        Expectation.COMPLETED_WITH_ONE_RETRY,
                        SimulatedPrinter.start(
                                healthy.with(Fault.reset(32_768, 1)).withReceiveBuffer(4096))),
                new DemoPrinter(
                        "dock-4",
                        "answers with an error",
                        4,
                        65_536,
                        Expectation.ALL_FAILED,
                        SimulatedPrinter.start(
                                healthy.with(Fault.reject(1024, "ERR:FORMAT graphic field too large\r\n")))));
    }

    /** The printer's settings, as JSON. */
    String profile() {
        return Json.pretty(Map.of("uri", simulated.uri(), "language", "zpl", "displayName", character));
    }

    /** A label in ZPL II: a text, a bar code, and a picture. */
    String label(int number) {
        String row = "F0".repeat(GRAPHIC_ROW_BYTES);
        int rows = Math.max(1, graphicBytes / GRAPHIC_ROW_BYTES);
        return "^XA^FO50,40^A0N,40,40^FDPlaten demo " + id + "^FS"
                + "^FO50,100^BY2^BCN,80,Y,N,N^FD" + id + "-" + number + "^FS"
                + "^FO50,220^GFA,%d,%d,%d,"
                        .formatted(rows * GRAPHIC_ROW_BYTES, rows * GRAPHIC_ROW_BYTES, GRAPHIC_ROW_BYTES)
                + row.repeat(rows)
                + "^FS^XZ\n";
    }

    /** Whether the jobs ended as expected, and the printer printed the expected labels. */
    boolean isAsExpected(long completed, long retried, long failed) {
        return switch (expected) {
            case ALL_COMPLETED -> completed == labels && retried == 0 && simulated.labels() == labels;
            case COMPLETED_WITH_ONE_RETRY -> completed == labels && retried == 1 && simulated.labels() == labels;
            case ALL_FAILED -> failed == labels && simulated.labels() == 0;
        };
    }
}
