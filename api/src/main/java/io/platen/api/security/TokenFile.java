package io.platen.api.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.platen.api.wire.Json;
import io.platen.persistence.OwnerOnly;
import io.platen.persistence.PrivateFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The file of API tokens, which only its owner can read. {@code ./platen token} changes it, and a running server notices at
 * once. Revoked tokens stay in the file, so that revoking the last one does not open the server to everybody.
 */
public final class TokenFile {
    /** How long a server trusts its copy of the tokens. For a token that is not in the copy, it reads the file at once. */
    private static final Duration FRESH = Duration.ofMillis(50);

    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOCK_TRIED_EVERY = Duration.ofMillis(50);

    private final Path file;
    private volatile Seen seen = new Seen(null, List.of(), System.nanoTime() - FRESH.toNanos());

    /** The content of the file when it was last read. */
    private record Seen(@Nullable Object version, List<ApiToken> tokens, long atNanos) {}

    /** Identifies the content of the file; {@code key} changes when the file is replaced. */
    private record Version(@Nullable Object key, Instant modified, long size) {}

    private record Content(List<ApiToken> tokens) {}

    /** The file need not exist. */
    public TokenFile(Path file) {
        this.file = file;
    }

    public static TokenFile in(Path dataDirectory) {
        return new TokenFile(dataDirectory.resolve("security").resolve("tokens.json"));
    }

    /** All tokens, including those that are expired or revoked. */
    public List<ApiToken> all() throws IOException {
        Seen last = seen;
        long now = System.nanoTime();
        Version version = version();
        List<ApiToken> tokens =
                Objects.equals(version, last.version()) ? last.tokens() : version == null ? List.of() : read();
        seen = new Seen(version, tokens, now);
        return tokens;
    }

    /** All tokens without a look at the file, if the last look was a moment ago; otherwise null. */
    @Nullable
    List<ApiToken> fresh() {
        Seen last = seen;
        return System.nanoTime() - last.atNanos() < FRESH.toNanos() ? last.tokens() : null;
    }

    Optional<ApiToken> find(String text, Instant now) throws IOException {
        return find(text, all(), now);
    }

    /** Finds the token with this text, if it may be used. */
    static Optional<ApiToken> find(String text, List<ApiToken> tokens, Instant now) {
        var presented = ApiToken.parse(text).orElse(null);
        if (presented == null) {
            return Optional.empty();
        }
        for (ApiToken token : tokens) {
            if (token.id().equals(presented.id())) {
                return token.hasSecret(presented.secret()) && token.isUsable(now)
                        ? Optional.of(token)
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    public void add(ApiToken token) throws IOException {
        change(tokens -> {
            var more = new ArrayList<>(tokens);
            more.add(token);
            return more;
        });
    }

    /** Revokes a token; false if its id is unknown. When this returns, no server accepts the token any longer. */
    public boolean revoke(String id, Instant now) throws IOException {
        boolean known = all().stream().anyMatch(token -> token.id().equals(id));
        if (known) {
            change(tokens -> tokens.stream()
                    .map(token -> token.id().equals(id) ? token.revoked(now) : token)
                    .toList());
        }
        return known;
    }

    private void change(UnaryOperator<List<ApiToken>> change) throws IOException {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Path data = directory.getParent();
        if (data != null && Files.notExists(data)) {
            OwnerOnly.open(data);
        }
        OwnerOnly.open(directory);
        Path lockFile = directory.resolve("lock");
        OwnerOnly.touch(lockFile);
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = lock(channel, lockFile)) {
            if (!lock.isValid()) {
                throw new IOException("The lock of " + file + " was lost");
            }
            List<ApiToken> tokens = Files.exists(file) ? read() : List.of();
            PrivateFile.replace(file, Json.pretty(new Content(change.apply(tokens))));
        }
        // Waits until no server trusts an older copy.
        long until = System.nanoTime() + FRESH.toNanos();
        for (long left = FRESH.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Waits for the lock. Its holder changes one file, which takes a moment. */
    private static FileLock lock(FileChannel channel, Path file) throws IOException {
        long deadline = System.nanoTime() + LOCK_PATIENCE.toNanos();
        FileLock lock = tryLock(channel);
        while (lock == null) {
            if (System.nanoTime() >= deadline) {
                throw new IOException("Another process has held " + file + " for " + LOCK_PATIENCE.toSeconds()
                        + " s. Find it with 'fuser " + file + "', and try again when it has ended");
            }
            LockSupport.parkNanos(LOCK_TRIED_EVERY.toNanos());
            lock = tryLock(channel);
        }
        return lock;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has the lock.
            return null;
        }
    }

    private List<ApiToken> read() throws IOException {
        try {
            return List.copyOf(Json.read(Files.readString(file), Content.class).tokens());
        } catch (JsonProcessingException e) {
            throw new IOException("The tokens in " + file + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private @Nullable Version version() throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Version(
                    attributes.fileKey(), attributes.lastModifiedTime().toInstant(), attributes.size());
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
