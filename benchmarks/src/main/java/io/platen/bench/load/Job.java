package io.platen.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A request that submits a label, built once: only the job's number, twelve digits in the label, changes. Each label is
 * one of its own, so that no system can save work.
 */
public final class Job {
    private static final String HEAD = "^XA^FO50,50^A0N,40,40^FDJOB=";
    private static final String TAIL = "^FS^XZ\n";
    private static final int DIGITS = 12;

    private final byte[] request;
    private final int numberAt;

    private Job(byte[] request, int numberAt) {
        this.request = request;
        this.numberAt = numberAt;
    }

    /** A label of this size. */
    public static byte[] label(int bytes) {
        String start = HEAD + "0".repeat(DIGITS) + "^FS^FX";
        String label = start + "x".repeat(bytes - start.length() - TAIL.length()) + TAIL;
        return label.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * A request whose body ends with a label.
     *
     * @param head the request's bytes before the label
     */
    public static Job of(byte[] head, byte[] label) {
        byte[] request = new byte[head.length + label.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(label, 0, request, head.length, label.length);
        return new Job(request, head.length + HEAD.length());
    }

    /** Puts the request with this number into the buffer. */
    public void put(ByteBuffer out, long number) {
        int start = out.position();
        out.put(request);
        long rest = number;
        for (int i = start + numberAt + DIGITS - 1; i >= start + numberAt; i--) {
            out.put(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }
}
