package io.platen.api.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a file from the last to the first, block by block. */
final class LinesFromTheEnd implements AutoCloseable {
    private static final int BLOCK_BYTES = 64 * 1024;

    private final FileChannel file;

    /** The offset of {@link #rest} in the file. */
    private long start;

    /** The bytes that were read but are not returned yet. */
    private byte[] rest = new byte[0];

    /** Reads the lines before the offset {@code end}. */
    LinesFromTheEnd(Path path, long end) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.READ);
        this.start = Math.min(end, file.size());
    }

    /** The previous line; null at the start of the file. Bytes that are not UTF-8 are replaced. */
    @Nullable
    String next() throws IOException {
        while (true) {
            // The newline that ends the line itself does not count.
            for (int i = rest.length - 2; i >= 0; i--) {
                if (rest[i] == '\n') {
                    return take(i + 1);
                }
            }
            if (start == 0) {
                return rest.length == 0 ? null : take(0);
            }
            readMore();
        }
    }

    /** The offset of the line that was returned last. */
    long position() {
        return start + rest.length;
    }

    private String take(int from) {
        var line = new String(rest, from, rest.length - from, StandardCharsets.UTF_8).strip();
        var left = new byte[from];
        System.arraycopy(rest, 0, left, 0, from);
        rest = left;
        return line;
    }

    private void readMore() throws IOException {
        int bytes = (int) Math.min(BLOCK_BYTES, start);
        var block = ByteBuffer.allocate(bytes + rest.length);
        block.limit(bytes);
        int read = 0;
        while (block.hasRemaining() && read >= 0) {
            read = file.read(block, start - bytes + block.position());
        }
        block.limit(block.capacity()).position(bytes);
        block.put(rest);
        rest = block.array();
        start -= bytes;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
