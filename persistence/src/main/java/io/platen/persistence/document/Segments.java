package io.platen.persistence.document;

import akka.util.ByteString;
import io.platen.persistence.Directories;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.commit.GroupCommit;
import io.platen.persistence.commit.WriterHealth;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small documents, in files that they share. They are appended in groups with one sync each. A segment that is large or old
 * enough is closed, and the next document begins a new one. A closed segment is deleted as a whole.
 */
final class Segments implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Segments.class);

    private final Path directory;
    private final FreeSpace space;
    private final DocumentSettings settings;
    private final Clock clock;
    private final GroupCommit<Group> writer;

    /** The segment that is appended to. Used by the writing thread only. */
    private @Nullable Open open;

    private long lastNumber;
    private volatile long openNumber = -1;

    private static final class Open {
        final long number;
        final Path file;
        final FileChannel channel;
        final Instant begun;

        /** Durable bytes. */
        long size = SegmentFile.MAGIC.length;

        Open(long number, Path file, FileChannel channel, Instant begun) {
            this.number = number;
            this.file = file;
            this.channel = channel;
            this.begun = begun;
        }
    }

    /** Documents that are written together. */
    private static final class Group {
        final long segment;
        final List<ByteBuffer> buffers = new ArrayList<>();
        long end;

        Group(long segment, long start) {
            this.segment = segment;
            this.end = start;
        }

        SegmentId add(ByteString content) {
            var id = new SegmentId(segment, end);
            var parts = new ArrayList<ByteBuffer>();
            content.getByteBuffers().forEach(parts::add);
            buffers.add(SegmentFile.header(segment, end, parts.toArray(ByteBuffer[]::new)));
            buffers.addAll(parts);
            end += SegmentFile.RECORD_HEADER_BYTES + content.size();
            return id;
        }
    }

    private Segments(Path directory, FreeSpace space, DocumentSettings settings, Clock clock, Executor answering)
            throws IOException {
        this.directory = directory;
        this.space = space;
        this.settings = settings;
        this.clock = clock;
        List<Long> found = numbers();
        if (!found.isEmpty()) {
            // Old segments are never appended to: bytes that a crash left at the end are removed with the file.
            lastNumber = found.get(found.size() - 1);
        }
        this.writer = new GroupCommit<>("document store", new Writing(), settings.limits(), answering);
    }

    /** Opens the segments in this directory, which is made if it is missing. */
    static Segments open(Path directory, FreeSpace space, DocumentSettings settings, Clock clock, Executor answering)
            throws IOException {
        Files.createDirectories(directory);
        return new Segments(directory, space, settings, clock, answering);
    }

    private final class Writing implements GroupCommit.Store<Group> {
        @Override
        public Group begin() throws IOException {
            Open now = open;
            if (now != null && isDone(now)) {
                close(now);
                now = null;
            }
            return now == null
                    ? new Group(Math.max(lastNumber + 1, clock.instant().getEpochSecond()), SegmentFile.MAGIC.length)
                    : new Group(now.number, now.size);
        }

        private boolean isDone(Open now) {
            return now.size >= settings.segmentBytes()
                    || now.begun.plus(settings.segmentAge()).isBefore(clock.instant());
        }

        @Override
        public void commit(Group group) throws IOException {
            if (group.buffers.isEmpty()) {
                return;
            }
            space.require(group.end - (open == null ? 0 : open.size));
            Open to = open == null ? begin(group.segment) : open;
            ByteBuffer[] buffers = group.buffers.toArray(ByteBuffer[]::new);
            int first = 0;
            while (first < buffers.length) {
                to.channel.write(buffers, first, buffers.length - first);
                while (first < buffers.length && !buffers[first].hasRemaining()) {
                    first++;
                }
            }
            to.channel.force(false);
            to.size = group.end;
        }

        private Open begin(long number) throws IOException {
            Path file = file(number);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            lastNumber = number;
            var begun = new Open(number, file, channel, clock.instant());
            open = begun;
            openNumber = number;
            var magic = ByteBuffer.wrap(SegmentFile.MAGIC);
            while (magic.hasRemaining()) {
                channel.write(magic);
            }
            channel.force(true);
            Directories.sync(directory);
            return begun;
        }

        /** Cuts off what the failed group left. The next group begins another file. */
        @Override
        public void reopen() throws IOException {
            Open failed = open;
            if (failed == null) {
                return;
            }
            failed.channel.close();
            var scan = SegmentFile.scan(failed.file, failed.number, settings.smallBytes(), (offset, content) -> {});
            boolean nothingAcknowledged = failed.size == SegmentFile.MAGIC.length;
            if (scan.end() < failed.size && !nothingAcknowledged) {
                throw new StoreDamagedException(
                        "%s is damaged at byte %,d, although its first %,d bytes were acknowledged"
                                .formatted(failed.file, scan.end(), failed.size));
            }
            if (nothingAcknowledged) {
                Files.deleteIfExists(failed.file);
                Directories.sync(directory);
            } else {
                truncate(failed.file, failed.size);
            }
            open = null;
            openNumber = -1;
        }
    }

    private void close(Open now) throws IOException {
        now.channel.close();
        open = null;
        openNumber = -1;
    }

    private static void truncate(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
            channel.force(true);
        }
    }

    /** Appends a document. Completes on the writing thread when the document is durable. */
    CompletionStage<SegmentId> append(ByteString content) {
        return writer.submit(content.size(), group -> group.add(content));
    }

    /** Reads and checks the bytes of a document. Blocks. */
    byte[] read(SegmentId id, long size) throws IOException {
        return SegmentFile.read(file(id.segment()), id.segment(), id.offset(), size);
    }

    boolean exists(SegmentId id) {
        return Files.exists(file(id.segment()));
    }

    /** Deletes closed segments that were last written before a moment and are not in use. Returns how many. */
    int deleteUnused(Set<Long> used, Instant writtenBefore) throws IOException {
        // An empty write closes an old segment even when no more documents come.
        var unused = writer.submit(0, group -> group.segment);
        int deleted = 0;
        for (long number : numbers()) {
            Path file = file(number);
            try {
                if (number != openNumber
                        && !used.contains(number)
                        && Files.getLastModifiedTime(file).toInstant().isBefore(writtenBefore)) {
                    Files.delete(file);
                    deleted++;
                }
            } catch (NoSuchFileException gone) {
                log.debug("{} is gone already", file);
            }
        }
        return deleted;
    }

    WriterHealth writer() {
        return writer;
    }

    @Override
    public void close() {
        writer.close();
        Open last = open;
        if (last != null) {
            try {
                close(last);
            } catch (IOException e) {
                log.warn("{} could not be closed", last.file, e);
            }
        }
    }

    private Path file(long number) {
        return directory.resolve(SegmentId.fileName(number));
    }

    private List<Long> numbers() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> SegmentId.segmentOf(String.valueOf(file.getFileName())))
                    .filter(number -> number >= 0)
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }
}
