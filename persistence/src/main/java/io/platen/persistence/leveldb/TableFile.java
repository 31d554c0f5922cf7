package io.platen.persistence.leveldb;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One of LevelDB's tables (LevelDB, doc/table_format.md), checked block by block. LevelDB itself does not say where a table is
 * damaged.
 */
final class TableFile {
    private static final int FOOTER_BYTES = 48;
    private static final int TRAILER_BYTES = 5;
    private static final long MAGIC = 0xdb4775248b80fb57L;

    private final ByteBuffer bytes;

    private TableFile(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private record Block(int offset, int size) {
        static Block read(ByteBuffer handle) {
            return new Block(Math.toIntExact(Varints.read(handle)), Math.toIntExact(Varints.read(handle)));
        }
    }

    /** Describes the first damage, with its place. */
    static Optional<String> damage(Path file) throws IOException {
        return new TableFile(Files.readAllBytes(file)).damage().map(what -> file + " is damaged: " + what);
    }

    private Optional<String> damage() {
        int footer = bytes.limit() - FOOTER_BYTES;
        if (footer < 0 || bytes.getLong(bytes.limit() - Long.BYTES) != MAGIC) {
            return Optional.of("its end is not that of a table");
        }
        try {
            var handles = bytes.duplicate().position(footer);
            Block metaIndex = Block.read(handles);
            Block index = Block.read(handles);
            for (Block block : new Block[] {metaIndex, index}) {
                if (!isSound(block)) {
                    return Optional.of(at(block));
                }
            }
            return firstDamagedBlock(index);
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
            return Optional.of("its index cannot be read");
        }
    }

    private Optional<String> firstDamagedBlock(Block index) {
        int restarts = bytes.getInt(index.offset() + index.size() - Integer.BYTES);
        int end = index.offset() + index.size() - (restarts + 1) * Integer.BYTES;
        var entries = bytes.duplicate().position(index.offset()).limit(end);
        while (entries.hasRemaining()) {
            Varints.read(entries);
            int ownKeyBytes = (int) Varints.read(entries);
            Varints.read(entries);
            entries.position(entries.position() + ownKeyBytes);
            Block block = Block.read(entries);
            if (!isSound(block)) {
                return Optional.of(at(block));
            }
        }
        return Optional.empty();
    }

    private boolean isSound(Block block) {
        int end = block.offset() + block.size();
        return block.offset() >= 0
                && end + TRAILER_BYTES <= bytes.limit()
                && LogFile.maskedChecksum(bytes.array(), block.offset(), block.size() + 1) == bytes.getInt(end + 1);
    }

    private static String at(Block block) {
        return "the block of %,d bytes at byte %,d has a wrong checksum".formatted(block.size(), block.offset());
    }
}
