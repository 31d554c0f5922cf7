package io.platen.printer.simulator;

/**
 * The values in ZPL's status answers (ZPL II Programming Guide, ~HS and ~HQ).
 *
 * @param waiting how many labels were read and not printed yet
 * @param partialFormat whether a {@code ^XA} waits for its {@code ^XZ}
 */
record HostStatus(boolean mediaOut, boolean paused, boolean coverOpen, int waiting, boolean partialFormat) {
    static final HostStatus WELL = new HostStatus(false, false, false, 0, false);

    private static final int MEDIA_OUT = 0x1;
    private static final int HEAD_OPEN = 0x4;
    private static final int PAUSED = 0x10000;
    private static final int MOST_SHOWN = 999;

    /** The three lines of the answer to {@code ~HS}. The label under the head counts as the batch; the others wait. */
    String hostStatus() {
        int underHead = Math.min(waiting, 1);
        return "\u0002030,%d,%d,1245,%03d,0,0,%d,000,0,0,0\u0003\r\n"
                        .formatted(
                                bit(mediaOut),
                                bit(paused),
                                Math.min(waiting - underHead, MOST_SHOWN),
                                bit(partialFormat))
                + "\u0002000,0,%d,0,0,2,4,0,%08d,1,000\u0003\r\n".formatted(bit(coverOpen), underHead)
                + "\u00021234,0\u0003\r\n";
    }

    /** The answer to {@code ~HQES}. */
    String hostQuery() {
        int errors = (mediaOut ? MEDIA_OUT : 0) | (coverOpen ? HEAD_OPEN : 0) | (paused ? PAUSED : 0);
        return "\u0002\r\n  PRINTER STATUS\r\n   ERRORS:         %d 00000000 %08X\r\n"
                        .formatted(bit(errors != 0), errors)
                + "   WARNINGS:       0 00000000 00000000\r\n\u0003";
    }

    private static int bit(boolean set) {
        return set ? 1 : 0;
    }
}
