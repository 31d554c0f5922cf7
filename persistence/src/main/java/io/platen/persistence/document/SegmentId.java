package io.platen.persistence.document;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a document in a segment: two hexadecimal numbers of eight digits, {@code SEGMENT-OFFSET}.
 *
 * @param segment number of the file: the second in which it was begun, since 1970, or a later one
 * @param offset of the record in it, in bytes
 */
record SegmentId(long segment, long offset) {
    private static final Pattern FORMAT = Pattern.compile("([0-9a-f]{8})-([0-9a-f]{8})");
    private static final Pattern FILE = Pattern.compile("([0-9a-f]{8})\\.segment");
    private static final int HEX = 16;

    static Optional<SegmentId> parse(String id) {
        var parts = FORMAT.matcher(id);
        return parts.matches()
                ? Optional.of(new SegmentId(Long.parseLong(parts.group(1), HEX), Long.parseLong(parts.group(2), HEX)))
                : Optional.empty();
    }

    static String fileName(long segment) {
        return "%08x.segment".formatted(segment);
    }

    /** The number in the name of a segment's file; -1 for other files. */
    static long segmentOf(String fileName) {
        var name = FILE.matcher(fileName);
        return name.matches() ? Long.parseLong(name.group(1), HEX) : -1;
    }

    @Override
    public String toString() {
        return "%08x-%08x".formatted(segment, offset);
    }
}
