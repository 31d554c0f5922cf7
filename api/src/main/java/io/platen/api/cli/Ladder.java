package io.platen.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;

/**
 * A transcript as a network engineer would sketch a capture: time runs down, we are on the left, the
 * printer on the right, and an arrow is what one end sent.
 */
final class Ladder {
    private static final int WIDTH = 34;

    private Ladder() {}

    static void print(JsonNode transcript, PrintStream out) {
        out.println("        time   us" + " ".repeat(WIDTH - 7) + "printer");
        for (JsonNode entry : transcript) {
            String note = entry.path("note").asText("");
            out.println("%12s   %s%s"
                    .formatted(entry.path("at").asText(), rung(entry), note.isEmpty() ? "" : "  " + note)
                    .stripTrailing());
        }
    }

    private static String rung(JsonNode entry) {
        String event = entry.path("event").asText();
        String label = entry.has("bytes")
                ? " %s %,d ".formatted(event, entry.path("bytes").asLong())
                : " " + event + " ";
        return switch (entry.path("side").asText()) {
            case "us" -> isSent(event) ? "├" + centered(label, '─', WIDTH - 1) + "▶│" : "■" + padded(label) + "│";
            case "printer" -> isState(event) ? "│" + right(label) + "■" : "│◀" + centered(label, '─', WIDTH - 1) + "┤";
            default -> "│" + centered(label, '╳', WIDTH) + "│";
        };
    }

    /** Whether the event sends something to the printer, and does not only happen at our end. */
    private static boolean isSent(String event) {
        return switch (event) {
            case "syn", "first-byte", "data", "fin", "rst" -> true;
            default -> false;
        };
    }

    /** Whether the event is about the printer, although the printer sent nothing. */
    private static boolean isState(String event) {
        return event.equals("stall");
    }

    private static String padded(String label) {
        return label + " ".repeat(Math.max(0, WIDTH - label.length()));
    }

    private static String right(String label) {
        return " ".repeat(Math.max(0, WIDTH - label.length())) + label;
    }

    private static String centered(String label, char fill, int width) {
        int rest = Math.max(0, width - label.length());
        return String.valueOf(fill).repeat(rest / 2)
                + label
                + String.valueOf(fill).repeat(rest - rest / 2);
    }
}
