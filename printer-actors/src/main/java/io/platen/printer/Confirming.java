package io.platen.printer;

import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.language.PrinterLanguage;
import java.nio.charset.StandardCharsets;

/**
 * Asks the printer, behind the job and on the same line, whether its labels are out. Its answers are asked for,
 * so they are not its last words.
 */
final class Confirming {

    /** What the printer has answered. */
    enum Answer {
        /** Nothing whole yet. */
        NONE,
        /** Nothing is left to be printed. */
        PRINTED,
        /** It is at it. */
        NOT_YET,
        /** It cannot print now, and says so: out of paper, paused, open. */
        HELD_UP,
        /** Something else, that nobody asked for. */
        UNASKED
    }

    private static final char STX = 0x02;

    private final OpenLine line;
    private final PrinterLanguage language;
    private final StringBuilder reply = new StringBuilder();

    Confirming(OpenLine line, PrinterLanguage language) {
        this.line = line;
        this.language = language;
    }

    void ask() {
        reply.setLength(0);
        language.statusQuery().ifPresent(query -> line.write(Source.single(ByteString.fromString(query))));
    }

    Answer heard(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (reply.isEmpty() && (text.isEmpty() || text.charAt(0) != STX)) {
            return text.isBlank() ? Answer.NONE : Answer.UNASKED;
        }
        reply.append(text);
        String status = reply.toString();
        if (!language.isCompleteStatus(status)) {
            return Answer.NONE;
        }
        reply.setLength(0);
        if (language.isPrintedStatus(status)) {
            return Answer.PRINTED;
        }
        return language.isHealthyStatus(status) ? Answer.NOT_YET : Answer.HELD_UP;
    }
}
