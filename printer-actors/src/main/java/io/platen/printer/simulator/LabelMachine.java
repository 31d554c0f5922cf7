package io.platen.printer.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reads ZPL as a printer does: as one stream of bytes over all connections. A {@code ^XA} without {@code
 * ^XZ} stays open and swallows what follows it. It shares no code with Platen's own reading of ZPL because tests check
 * Platen with it. It does not know the byte counts of graphics.
 */
final class LabelMachine {
    private static final int KEPT_BYTES = 64 * 1024;
    private static final int END_BYTES = "^XZ".length();

    /** {@code ^} is the format prefix and {@code ~} the control prefix, whatever bytes they were changed to. */
    private static final List<String> COMMANDS =
            List.of("^XA", "^XZ", "^CC", "~CC", "^CT", "~CT", "~JX", "~JA", "~HS", "~HQES");

    /** Hears what the bytes mean, in their order. */
    interface Output {

        /** A format was finished. */
        void label(String text);

        /** {@code ~HS} was read. */
        void hostStatusAsked();

        /** {@code ~HQES} was read. */
        void hostQueryAsked();

        /** {@code ~JA} was read: formats that wait to be printed are thrown away. */
        void allCancelled();
    }

    private enum Awaited {
        NOTHING,
        FORMAT_PREFIX,
        CONTROL_PREFIX
    }

    private byte formatPrefix = '^';
    private byte controlPrefix = '~';
    private String command = "";
    private Awaited awaited = Awaited.NOTHING;
    private @Nullable Format open;

    /** Takes the next bytes. */
    synchronized void take(byte[] bytes, int length, Output output) {
        int done = 0;
        for (int i = 0; i < length; i++) {
            byte next = bytes[i];
            if (command.isEmpty() && awaited == Awaited.NOTHING && !isPrefix(next)) {
                continue;
            }
            // The command may end the open format, so the bytes up to here are added to it first.
            append(bytes, done, i + 1);
            done = i + 1;
            step(next, output);
        }
        append(bytes, done, length);
    }

    /** Whether a format has begun and not ended. */
    synchronized boolean hasPartialFormat() {
        return open != null;
    }

    /** Forgets everything, as a printer does at power off. */
    synchronized void powerOff() {
        formatPrefix = '^';
        controlPrefix = '~';
        discard();
    }

    /** Throws away the unfinished format, as a printer does that refuses it. */
    synchronized void discard() {
        command = "";
        awaited = Awaited.NOTHING;
        open = null;
    }

    private boolean isPrefix(byte next) {
        return next == formatPrefix || next == controlPrefix;
    }

    private void step(byte next, Output output) {
        if (awaited != Awaited.NOTHING) {
            if (awaited == Awaited.FORMAT_PREFIX) {
                formatPrefix = next;
            } else {
                controlPrefix = next;
            }
            awaited = Awaited.NOTHING;
            return;
        }
        if (isPrefix(next)) {
            command = next == formatPrefix ? "^" : "~";
            return;
        }
        command += String.valueOf((char) (next & 0xFF)).toUpperCase(Locale.ROOT);
        if (COMMANDS.contains(command)) {
            String complete = command;
            command = "";
            obey(complete, output);
        } else if (COMMANDS.stream().noneMatch(known -> known.startsWith(command))) {
            command = "";
        }
    }

    private void obey(String complete, Output output) {
        switch (complete) {
            case "^XA" -> open = open == null ? new Format() : open;
            case "^XZ" -> {
                // A ^XZ without a format prints nothing.
                if (open != null) {
                    String text = open.text();
                    open = null;
                    output.label(text);
                }
            }
            case "~JX" -> open = null;
            case "^CC", "~CC" -> awaited = Awaited.FORMAT_PREFIX;
            case "^CT", "~CT" -> awaited = Awaited.CONTROL_PREFIX;
            case "~JA" -> {
                open = null;
                output.allCancelled();
            }
            case "~HS" -> output.hostStatusAsked();
            case "~HQES" -> output.hostQueryAsked();
            default -> throw new AssertionError("Not a command: " + complete);
        }
    }

    private void append(byte[] bytes, int from, int to) {
        if (open != null) {
            open.append(bytes, from, to);
        }
    }

    /** What has come after a {@code ^XA}. */
    private static final class Format {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final CRC32 checksum = new CRC32();
        private long size;

        void append(byte[] bytes, int from, int to) {
            checksum.update(bytes, from, to - from);
            kept.write(bytes, from, Math.min(to - from, KEPT_BYTES + END_BYTES - kept.size()));
            size += to - from;
        }

        /** The text without the {@code ^XZ} at its end. */
        String text() {
            long length = size - END_BYTES;
            String start = kept.toString(StandardCharsets.ISO_8859_1).substring(0, (int) Math.min(length, KEPT_BYTES));
            return length <= KEPT_BYTES
                    ? start
                    : start + "… (%d bytes, CRC-32 %08x)".formatted(length, checksum.getValue());
        }
    }
}
