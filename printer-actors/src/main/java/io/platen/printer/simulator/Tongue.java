package io.platen.printer.simulator;

import java.util.List;

/**
 * What printers of a language say unasked: status and events, but nothing about a document.
 * A character (ISO 8859-1) stands for each byte.
 */
public enum Tongue {
    ZPL,
    SBPL,
    EPL,
    TSPL,
    DPL,
    CPCL,
    ESCPOS,
    IPL;

    /** What a printer says when it has taken a job; empty when the language has no word for that. */
    public String acknowledgement() {
        return switch (this) {
            case SBPL, EPL -> "\u0006";
            case ZPL, TSPL, DPL, CPCL, ESCPOS, IPL -> "";
        };
    }

    /** What a printer may say at any time. */
    public List<String> words() {
        return switch (this) {
            // Alerts, flow control, and a whole ~HS frame that nobody asked for.
            case ZPL ->
                List.of(
                        "ERROR CONDITION: PAPER OUT [2024-07-21 18:26:23] [50J153000000]\r\n",
                        "ERROR CLEARED: PAPER OUT [2024-07-21 18:29:01] [50J153000000]\r\n",
                        "ALERT: PQ JOB COMPLETED [2024-07-21 18:29:02] [50J153000000]\r\n",
                        "\u0011",
                        "\u0013",
                        "\r\n",
                        "\0",
                        HostStatus.WELL.hostStatus());
            // ACK for a job, NAK while there is an error, and cyclic status: waiting, printing, paper end.
            case SBPL ->
                List.of(
                        "\u0006",
                        "\u0015",
                        "\u0002  A000000\u0003",
                        "\u000205G000001\u0003",
                        "\u000205c000098\u0003",
                        "\0\0\0\u001c\u0005\u000205c000098                \u0003");
            // ACK for each print, NAK with the code for media, error mode's lines, flow control.
            case EPL -> List.of("\u0006", "\u001507", "c11\r\n", "c00\r\n", "\u0013", "\u0011");
            // A status byte (no paper, ready) or a status frame (paper empty, normal).
            case TSPL -> List.of("\u0004", "\0", "\u0002@@@A\u0003\r\n", "\u0002@@@@\u0003\r\n");
            // The letters and XON after a reset, and status flags: paper out, well.
            case DPL -> List.of("R", "T", "\u0011", "NYNNNNNN\r", "NNNNNNNN\r");
            // The status byte: busy, paper out, well.
            case CPCL -> List.of("\u0001", "\u0002", "\0");
            // Automatic status back: cover open, paper end, well.
            case ESCPOS -> List.of("4\0\0\u000f", "\u0014\0\u000c\u000f", "\u0014\0\0\u000f");
            // Auto-transmit: ready, no stock, job complete and buffer empty.
            case IPL -> List.of("\u0011", "\u0019", "\t\u0001", "\u001e", "\b");
        };
    }
}
