package io.platen.printer.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * How many bytes of a document were written and acknowledged.
 *
 * @param written handed to our kernel
 * @param acknowledged acknowledged by the printer's TCP; null where the kernel does not tell
 * @param total the size of the job, all copies included
 */
public record ByteCounts(long written, @Nullable Long acknowledged, long total) {

    /** Nothing of the document has left yet. */
    public static ByteCounts none(long total) {
        return new ByteCounts(0, 0L, total);
    }

    /** Whether every byte is acknowledged; where the kernel does not tell, what was written counts. */
    public boolean allAcknowledged() {
        return acknowledged == null ? written >= total : acknowledged >= total;
    }

    /** Whether it is unknown how far the document came. */
    public boolean areUnknown() {
        return written == 0 && acknowledged == null;
    }

    /** Whether the printer has taken anything; where the kernel does not tell, what was written counts. */
    public boolean anyTaken() {
        return (acknowledged == null ? written : acknowledged) > 0;
    }

    /** Whether the printer may have received anything; when that is unknown, it may. */
    public boolean anySent() {
        return written > 0 || acknowledged == null;
    }
}
