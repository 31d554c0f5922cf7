package io.platen.printer.diagnosis;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Keeps the first and the last 4 KiB of what a printer sends. */
public final class ReplyRecorder {
    private static final int KEEP = 4096;

    private final ByteArrayOutputStream first = new ByteArrayOutputStream(64);
    private byte[] last = {};
    private long size;

    /** Adds bytes in the order of their arrival. */
    public void add(byte[] bytes) {
        size += bytes.length;
        int toFirst = Math.min(bytes.length, KEEP - first.size());
        first.write(bytes, 0, toFirst);
        int rest = bytes.length - toFirst;
        if (rest > 0) {
            byte[] joined = new byte[last.length + rest];
            System.arraycopy(last, 0, joined, 0, last.length);
            System.arraycopy(bytes, toFirst, joined, last.length, rest);
            int kept = Math.min(joined.length, KEEP);
            last = new byte[kept];
            System.arraycopy(joined, joined.length - kept, last, 0, kept);
        }
    }

    /** Whether the printer has said anything. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** The words so far, or null when there were none. */
    public @Nullable LastWords lastWords() {
        if (isEmpty()) {
            return null;
        }
        byte[] head = first.toByteArray();
        boolean gap = size > head.length + last.length;
        var hex = HexFormat.of();
        return new LastWords(
                printable(head) + (gap ? " … " : "") + printable(last),
                hex.formatHex(head) + (gap ? "…" : "") + hex.formatHex(last),
                size);
    }

    private static String printable(byte[] bytes) {
        var out = new StringBuilder(bytes.length);
        for (char c : new String(bytes, StandardCharsets.ISO_8859_1).toCharArray()) {
            switch (c) {
                case '\r', '\n', '\t' -> out.append(c);
                case 0x02 -> out.append("<STX>");
                case 0x03 -> out.append("<ETX>");
                case 0x06 -> out.append("<ACK>");
                case 0x15 -> out.append("<NAK>");
                default -> {
                    if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
                        out.append(String.format("\\x%02x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }
}
