package io.platen.spooler.upkeep;

import akka.actor.typed.ActorSystem;
import io.platen.persistence.document.DocumentStore;
import io.platen.persistence.journal.tools.JournalRetention;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import io.platen.spooler.queue.PrinterStreams;
import io.platen.spooler.queue.QueueBoard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes print data, history and failed jobs when their time is up: when the server starts, and periodically. Nothing waits for
 * it.
 */
public final class Housekeeping {
    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration DOCUMENTS_EVERY = Duration.ofHours(1);
    private static final Duration FAILURES_EVERY = Duration.ofHours(1);
    private static final Duration HISTORY_EVERY = Duration.ofHours(6);

    /** Longer than any request takes that is using a document. */
    private static final Duration DOCUMENT_GRACE = Duration.ofHours(1);

    private final Retention retention;
    private final QueueBoard board;
    private final DocumentStore documents;
    private final JournalRetention journal;
    private final BiFunction<PrinterId, Request, CompletionStage<Reply>> queues;
    private final Clock clock;
    private final Executor blocking;

    /**
     * @param queues asks a printer's queue, and never fails
     */
    public Housekeeping(
            Retention retention,
            QueueBoard board,
            DocumentStore documents,
            JournalRetention journal,
            BiFunction<PrinterId, Request, CompletionStage<Reply>> queues,
            Clock clock,
            Executor blocking) {
        this.retention = retention;
        this.board = board;
        this.documents = documents;
        this.journal = journal;
        this.queues = queues;
        this.clock = clock;
        this.blocking = blocking;
    }

    /**
     * Removes now, and from then on periodically.
     *
     * @param opened when the stores were opened: a crash has left older documents that no job uses
     */
    public void start(ActorSystem<?> system, Instant opened) {
        every(system, FAILURES_EVERY, this::expireFailures);
        every(system, HISTORY_EVERY, this::expireHistory);
        every(
                system,
                DOCUMENTS_EVERY,
                () -> blocking.execute(() -> removeDocuments(clock.instant().minus(retention.unusedDocumentsAfter()))));
        blocking.execute(this::expireFailures);
        blocking.execute(this::expireHistory);
        blocking.execute(() -> removeDocuments(opened));
    }

    private static void every(ActorSystem<?> system, Duration interval, Runnable work) {
        system.scheduler().scheduleAtFixedRate(interval, interval, work, system.executionContext());
    }

    /** Discards what is too old in failure storage, and the oldest when it is too large. */
    private void expireFailures() {
        var unused = ManyAsks.each(
                        ExpiredFailures.among(board.queues(), retention, clock.instant()),
                        one -> queues.apply(
                                one.job().printer(),
                                new Request.Discard(one.job().job(), one.reason())),
                        (one, reply) -> log.debug(
                                "Discarding failed job {} of {}, {}: {}",
                                one.job().job(),
                                one.job().printer(),
                                one.reason(),
                                reply),
                        blocking)
                .thenAcceptAsync(
                        outcome -> summarize("Discarded {} failed jobs whose time was up", "discarded", outcome),
                        blocking);
    }

    private static void summarize(String done, String verb, ManyAsks.Outcome outcome) {
        if (outcome.done() > 0) {
            log.info(done, outcome.done());
        }
        if (outcome.refused() > 0) {
            log.warn("{} could not be {} now; trying again next time", outcome.refused(), verb);
        }
    }

    /** Makes the queues forget jobs that ended long ago, and deletes the events of jobs that they forgot before. */
    private void expireHistory() {
        Instant before = clock.instant().minus(retention.historyKeptFor());
        Map<PrinterId, QueueState> known = board.queues();
        var due = known.entrySet().stream()
                .filter(printer -> Request.ExpireHistory.isDue(printer.getValue(), before))
                .map(Map.Entry::getKey)
                .toList();
        var unused = ManyAsks.each(
                        due,
                        printer -> queues.apply(printer, new Request.ExpireHistory(before)),
                        (printer, reply) -> log.debug("The history of {} expires: {}", printer, reply),
                        blocking)
                .thenAcceptAsync(
                        outcome -> summarize("The old history of {} printers has expired", "forgotten", outcome),
                        blocking);
        blocking.execute(() -> deleteEvents(known));
    }

    private void deleteEvents(Map<PrinterId, QueueState> known) {
        long deleted = 0;
        for (Map.Entry<PrinterId, QueueState> printer : known.entrySet()) {
            try {
                deleted += journal.deleteBefore(
                        PrinterStreams.of(printer.getKey()).id(),
                        printer.getValue().neededFrom());
            } catch (IOException e) {
                log.warn("Old events of {} could not be deleted; trying again in six hours", printer.getKey(), e);
            }
        }
        try {
            if (deleted > 0) {
                log.info("Deleted {} events that no job needs", deleted);
                journal.giveSpaceBack();
            }
        } catch (IOException e) {
            log.warn("The space of deleted events could not be given back; trying again in six hours", e);
        }
    }

    /** Removes documents that no job needs: from submissions that a crash broke off, and from old jobs. */
    private void removeDocuments(Instant storedBefore) {
        try {
            Instant now = clock.instant();
            var used = new HashSet<String>();
            for (QueueState queue : board.queues().values()) {
                PrinterProfile profile = queue.profile();
                if (profile != null) {
                    Duration keptFor = retention.documentsKeptFor(profile).plus(DOCUMENT_GRACE);
                    queue.jobs().neededDocuments(now, keptFor).forEach(used::add);
                }
            }
            int deleted = documents.deleteUnused(used, storedBefore);
            if (deleted > 0) {
                log.info("Removed {} files with print data that no job needs", deleted);
            }
        } catch (IOException | UncheckedIOException e) {
            log.warn("Print data that no job needs could not be removed; trying again in an hour", e);
        }
    }
}
