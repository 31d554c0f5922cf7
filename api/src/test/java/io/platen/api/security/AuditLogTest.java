package io.platen.api.security;

import static java.time.ZoneOffset.UTC;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.platen.api.security.AuditLog.AuditEntry;
import io.platen.api.security.AuditLog.AuditPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was done stays to be read, newest first, page by page, and a torn line takes no other with it. */
final class AuditLogTest {
    private static final Instant BEGINNING = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    private Path data;

    private AuditLog log;

    @BeforeEach
    void open() throws IOException {
        log = AuditLog.open(new SecuritySettings(data, false, null, Duration.ofDays(400)), Runnable::run);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void entriesAreReadNewestFirst() throws Exception {
        add("one", "two", "three");

        assertThat(whats(log.latest(AuditPlace.END, BEGINNING, 10))).containsExactly("three", "two", "one");
    }

    @Test
    void pagesFollowEachOtherAlsoWhenEntriesAreAddedMeanwhile() throws Exception {
        add("one", "two", "three", "four", "five");

        var first = log.latest(AuditPlace.END, BEGINNING, 2);
        add("six");
        var seen = new ArrayList<>(whats(first));
        for (AuditPlace next = first.next(); next != null; ) {
            var page = log.latest(next, BEGINNING, 2);
            seen.addAll(whats(page));
            next = page.next();
        }

        assertThat(seen).containsExactly("five", "four", "three", "two", "one");
    }

    @Test
    void entriesOfAnotherProcessAreInTheSameLog() throws Exception {
        add("one");
        AuditLog.addTo(data, entry("token create", Instant.now()));
        add("two");

        assertThat(whats(log.latest(AuditPlace.END, BEGINNING, 10))).containsExactly("two", "token create", "one");
    }

    @Test
    void tornLineIsEndedAndLeftOut() throws Exception {
        add("one");
        log.close();
        Path file = data.resolve("audit/audit-" + YearMonth.now(UTC) + ".jsonl");
        Files.writeString(file, "{\"at\":\"2026-11-2", StandardOpenOption.APPEND);

        open();
        add("two");

        assertThat(whats(log.latest(AuditPlace.END, BEGINNING, 10))).containsExactly("two", "one");
    }

    @Test
    void readingGoesOnInOlderMonthsAndEndsBeforeAMoment() throws Exception {
        Files.writeString(
                data.resolve("audit/audit-2026-03.jsonl"),
                line("march", "2026-03-15T00:00:00Z") + line("later in march", "2026-03-16T00:00:00Z"));
        Files.writeString(data.resolve("audit/audit-2026-02.jsonl"), line("february", "2026-02-15T00:00:00Z"));
        Files.writeString(data.resolve("audit/notes.jsonl"), line("not ours", "2026-02-15T00:00:00Z"));

        assertThat(whats(log.latest(AuditPlace.END, BEGINNING, 10)))
                .containsExactly("later in march", "march", "february");
        assertThat(whats(log.latest(AuditPlace.END, Instant.parse("2026-03-15T00:00:00Z"), 10)))
                .containsExactly("later in march", "march");
        assertThat(whats(log.latest(new AuditPlace(YearMonth.of(2026, 2), Long.MAX_VALUE), BEGINNING, 10)))
                .containsExactly("february");
    }

    @Test
    void monthsBeyondTheirTimeAreRemovedWithTheNextEntry() throws Exception {
        YearMonth now = YearMonth.now(UTC);
        Path old = data.resolve("audit/audit-" + now.minusMonths(15) + ".jsonl");
        Path kept = data.resolve("audit/audit-" + now.minusMonths(12) + ".jsonl");
        Files.createFile(old);
        Files.createFile(kept);

        add("one");

        assertThat(old).doesNotExist();
        assertThat(kept).exists();
    }

    @Test
    void entriesThatAreWrittenLaterKeepTheirPlaceAndAreReadAtOnce() throws Exception {
        add("first");
        log.addLater(entry("second", Instant.now()));
        log.addLater(entry("third", Instant.now()));
        assertThat(whats(log.latest(AuditPlace.END, BEGINNING, 10))).containsExactly("third", "second", "first");

        log.addLater(entry("fourth", Instant.now()));
        add("fifth");
        assertThat(whats(log.latest(AuditPlace.END, BEGINNING, 2))).containsExactly("fifth", "fourth");
    }

    @Test
    void entriesThatAreWrittenLaterAreWrittenWhenTheLogIsClosed() throws Exception {
        log.addLater(entry("last", Instant.now()));
        log.close();
        open();

        assertThat(whats(log.latest(AuditPlace.END, BEGINNING, 10))).containsExactly("last");
    }

    private void add(String... whats) throws Exception {
        for (String what : whats) {
            log.add(entry(what, Instant.now())).toCompletableFuture().get(10, SECONDS);
        }
    }

    private static String line(String what, String at) {
        return "{\"at\":\"%s\",\"who\":\"os:root\",\"address\":\"-\",\"what\":\"%s\",\"status\":200}\n"
                .formatted(at, what);
    }

    private static AuditEntry entry(String what, Instant at) {
        return new AuditEntry(at, "token:1", "10.0.0.9", what, AuditEntry.DONE, null, null);
    }

    private static List<String> whats(AuditLog.AuditPage page) {
        return page.entries().stream().map(AuditEntry::what).toList();
    }
}
