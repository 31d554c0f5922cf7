package io.platen.api.security;

import akka.Done;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.platen.api.wire.Json;
import io.platen.persistence.Directories;
import io.platen.persistence.commit.GroupCommit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of who changed what, and when. Each change is a line of JSON in the file of its month, and durable before the caller
 * gets an answer. Changes at the same time share a sync.
 */
public final class AuditLog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
    private static final GroupCommit.Limits LIMITS = new GroupCommit.Limits(20_000, 5_000, 4 * 1024 * 1024, 1_000);
    private static final String DIRECTORY = "audit";
    private static final String PREFIX = "audit-";
    private static final String SUFFIX = ".jsonl";
    private static final int MOST_PAGE_CHARACTERS = 4 * 1024 * 1024;

    /** How long an entry of {@link #addLater} waits for others at most. */
    private static final long WRITTEN_AFTER_MILLIS = 200;

    private static final long WRITE_PATIENCE_SECONDS = 5;

    private final Path directory;
    private final Duration keptFor;
    private final GroupCommit<List<String>> writer;
    private final LaterLines later = new LaterLines(LIMITS.waiting());

    /** Used by the writing thread only. */
    private @Nullable FileChannel open;

    private @Nullable YearMonth month;

    private volatile boolean closed;
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /**
     * A change, or an attempt that was refused because credentials or a role were missing.
     *
     * @param who the caller; {@code os:NAME} for a user of this machine
     * @param what method, path and query, or a command on this machine
     * @param status the status of the answer
     * @param result what was created or set, if the path does not say it
     * @param traceparent the caller's trace (W3C Trace Context), if it sent one
     */
    public record AuditEntry(
            Instant at,
            String who,
            String address,
            String what,
            int status,
            @Nullable String result,
            @Nullable String traceparent) {

        /** The status of a command, which has no HTTP answer. */
        public static final int DONE = 200;
    }

    private AuditLog(Path directory, Duration keptFor, Executor answering) {
        this.directory = directory;
        this.keptFor = keptFor;
        this.writer = new GroupCommit<>("audit log", new MonthlyFiles(), LIMITS, answering);
    }

    public static AuditLog open(SecuritySettings settings, Executor answering) throws IOException {
        Path directory = settings.dataDirectory().resolve(DIRECTORY);
        Files.createDirectories(directory);
        return new AuditLog(directory, settings.auditKeptFor(), answering);
    }

    /**
     * Adds an entry to the log in a data directory; it is durable when this returns. A server may be running.
     */
    public static void addTo(Path dataDirectory, AuditEntry entry) throws IOException {
        Path directory = Files.createDirectories(dataDirectory.resolve(DIRECTORY));
        Path file = directory.resolve(PREFIX + YearMonth.now(ZoneOffset.UTC) + SUFFIX);
        try (FileChannel channel = openForAppending(file)) {
            // One write, so that the server cannot write in between.
            channel.write(ByteBuffer.wrap(line(entry).getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Directories.sync(directory);
    }

    private static FileChannel openForAppending(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        try {
            endTornLine(channel, file);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Ends a line that a crash has cut off, so that the next entry does not become part of it. */
    private static void endTornLine(FileChannel channel, Path file) throws IOException {
        if (channel.size() == 0) {
            return;
        }
        var last = ByteBuffer.allocate(1);
        try (FileChannel reading = FileChannel.open(file, StandardOpenOption.READ)) {
            reading.read(last, reading.size() - 1);
        }
        if (last.get(0) != '\n') {
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
    }

    private static String line(AuditEntry entry) {
        return new String(Json.bytes(entry), StandardCharsets.UTF_8) + "\n";
    }

    /** Adds an entry; completes when it is durable. Name an executor for the next stage. */
    public CompletionStage<Done> add(AuditEntry entry) {
        String line = line(entry);
        return writer.submit(line.length(), lines -> {
            lines.add(line);
            return Done.getInstance();
        });
    }

    /**
     * Adds an entry that the journal's own event can replace, soon: with the next entry, or after {@link #WRITTEN_AFTER_MILLIS}.
     * When the server is killed before that, the entry is missing here, and is in the journal. When a write fails, the entry is
     * written again afterwards, and may be there twice.
     */
    public void addLater(AuditEntry entry) {
        switch (later.offer(line(entry))) {
            case FULL -> {
                var unused = add(entry).handleAsync((done, failure) -> logged(entry, failure), Runnable::run);
            }
            case FIRST -> writeSoon();
            case ADDED -> {}
        }
    }

    private static Done logged(AuditEntry entry, @Nullable Throwable failure) {
        if (failure != null) {
            log.error("This entry could not be added to the audit log: {}", entry, failure);
        }
        return Done.getInstance();
    }

    private void writeSoon() {
        if (scheduled.getAndSet(true)) {
            return;
        }
        CompletableFuture.delayedExecutor(WRITTEN_AFTER_MILLIS, TimeUnit.MILLISECONDS, Runnable::run)
                .execute(() -> {
                    scheduled.set(false);
                    var unused = writeLater().handleAsync(this::tryAgain, Runnable::run);
                });
    }

    private Done tryAgain(Done done, @Nullable Throwable failure) {
        if (failure != null && !closed) {
            writeSoon();
        }
        return Done.getInstance();
    }

    /** A write without a line of its own takes along all lines that wait. */
    private CompletionStage<Done> writeLater() {
        return writer.submit(0, lines -> Done.getInstance());
    }

    /**
     * Where an entry begins in the log. Entries never move, because the files only grow at their ends.
     *
     * @param offset in bytes
     */
    public record AuditPlace(YearMonth month, long offset) {
        public static final AuditPlace END = new AuditPlace(YearMonth.of(9999, 12), Long.MAX_VALUE);
    }

    /**
     * A page of entries, newest first.
     *
     * @param next where the older entries are; null if there are none
     */
    public record AuditPage(
            List<AuditEntry> entries, @Nullable AuditPlace next) {}

    /**
     * The latest entries before a place that are not older than {@code since}. The page has at most {@code most} entries and a
     * few megabytes. Blocks.
     */
    public AuditPage latest(AuditPlace before, Instant since, int most) throws IOException {
        writeWhatWaits();
        var found = new ArrayList<AuditEntry>();
        AuditPlace oldest = before;
        long characters = 0;
        for (Path file : files()) {
            YearMonth named = monthOf(file);
            if (named.isAfter(before.month())) {
                continue;
            }
            try (var lines =
                    new LinesFromTheEnd(file, named.equals(before.month()) ? before.offset() : Long.MAX_VALUE)) {
                for (String line = lines.next(); line != null; line = lines.next()) {
                    AuditEntry entry = parse(line);
                    if (entry == null) {
                        continue;
                    }
                    if (entry.at().isBefore(since)) {
                        return new AuditPage(found, null);
                    }
                    if (found.size() == most || characters >= MOST_PAGE_CHARACTERS) {
                        return new AuditPage(found, oldest);
                    }
                    found.add(entry);
                    characters += line.length();
                    oldest = new AuditPlace(named, lines.position());
                }
            }
        }
        return new AuditPage(found, null);
    }

    private void writeWhatWaits() throws IOException {
        try {
            var unused = writeLater().toCompletableFuture().get(WRITE_PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The reading of the audit log was interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            log.warn("The latest entries of the audit log cannot be written now: {}", e.getMessage());
        }
    }

    /** Null for a line that a crash has cut off; no caller was told that it is durable. */
    private static @Nullable AuditEntry parse(String line) {
        try {
            return Json.read(line, AuditEntry.class);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** Newest first. */
    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(PREFIX + "\\d{4}-\\d{2}" + SUFFIX))
                    .sorted(Collections.reverseOrder())
                    .toList();
        }
    }

    private static YearMonth monthOf(Path file) {
        String name = file.getFileName().toString();
        return YearMonth.parse(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }

    @Override
    public void close() {
        closed = true;
        try {
            writeWhatWaits();
        } catch (IOException e) {
            log.warn("The latest entries of the audit log could not be written", e);
        }
        writer.close();
        closeFile();
    }

    private void closeFile() {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            open = null;
            month = null;
        }
    }

    private final class MonthlyFiles implements GroupCommit.Store<List<String>> {
        @Override
        public List<String> begin() {
            return new ArrayList<>();
        }

        @Override
        public void commit(List<String> lines) throws IOException {
            List<String> waiting = later.take();
            try {
                write(waiting, lines);
            } catch (IOException | RuntimeException e) {
                later.putBack(waiting);
                if (!waiting.isEmpty()) {
                    writeSoon();
                }
                throw e;
            }
        }

        private void write(List<String> waiting, List<String> lines) throws IOException {
            if (waiting.isEmpty() && lines.isEmpty()) {
                return;
            }
            FileChannel channel = current();
            var bytes = ByteBuffer.wrap(
                    (String.join("", waiting) + String.join("", lines)).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }

        @Override
        public void reopen() throws IOException {
            closeFile();
            // Ends a half-written line.
            FileChannel channel = current();
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
            channel.force(true);
        }

        private FileChannel current() throws IOException {
            YearMonth now = YearMonth.now(ZoneOffset.UTC);
            FileChannel channel = open;
            if (channel != null && now.equals(month)) {
                return channel;
            }
            closeFile();
            channel = openForAppending(directory.resolve(PREFIX + now + SUFFIX));
            Directories.sync(directory);
            open = channel;
            month = now;
            deleteOld(now);
            return channel;
        }

        private void deleteOld(YearMonth now) throws IOException {
            YearMonth oldest =
                    YearMonth.from(now.atDay(1).atStartOfDay(ZoneOffset.UTC).minus(keptFor));
            for (Path file : files()) {
                if (monthOf(file).isBefore(oldest)) {
                    log.info("Removing the audit log of {}: it is older than {}", monthOf(file), keptFor);
                    Files.delete(file);
                }
            }
        }
    }
}
