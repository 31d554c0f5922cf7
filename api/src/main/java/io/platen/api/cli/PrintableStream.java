package io.platen.api.cli;

import io.platen.printer.diagnosis.Printable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes UTF-8 to a terminal. Control characters other than line ends, and characters that change the direction of writing,
 * are escaped as in JSON: names of jobs and words of printers come from outside and must not control the terminal.
 */
final class PrintableStream extends FilterOutputStream {
    /** The bytes so far of a character that may have to be escaped. */
    private final byte[] begun = new byte[4];

    private int length;

    PrintableStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        int value = b & 0xff;
        if (length == 0 && value < 0x80) {
            writeAscii(value);
            return;
        }
        begun[length++] = (byte) value;
        if (length == wanted()) {
            writeBegun();
        }
    }

    /** The length of a character that may have to be escaped; all other bytes are written as they come. */
    private int wanted() {
        return switch (begun[0] & 0xff) {
            case 0xc2, 0xd8 -> 2;
            case 0xe1, 0xe2, 0xef -> 3;
            case 0xf3 -> 4;
            default -> length;
        };
    }

    private void writeAscii(int value) throws IOException {
        boolean isControl = (value < 0x20 && value != '\n') || value == 0x7f;
        if (isControl) {
            escape(value);
        } else {
            out.write(value);
        }
    }

    private void writeBegun() throws IOException {
        String text = new String(begun, 0, length, StandardCharsets.UTF_8);
        int c = text.codePointAt(0);
        if (length > 1 && ((c >= 0x80 && c < 0xa0) || Printable.isUnseen(c))) {
            escape(c);
        } else {
            out.write(begun, 0, length);
        }
        length = 0;
    }

    private void escape(int c) throws IOException {
        out.write("\\u%04x".formatted(c).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        for (int i = from; i < from + count; i++) {
            write(bytes[i]);
        }
    }
}
