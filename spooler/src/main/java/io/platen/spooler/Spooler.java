package io.platen.spooler;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AskPattern;
import akka.persistence.query.Sequence;
import akka.persistence.query.typed.EventEnvelope;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.akka.Journal;
import io.platen.persistence.akka.JournalReader;
import io.platen.persistence.commit.WriterHealth;
import io.platen.persistence.document.DocumentStore;
import io.platen.persistence.document.StoredDocument;
import io.platen.persistence.failure.FailureStore;
import io.platen.persistence.journal.tools.JournalRetention;
import io.platen.persistence.snapshot.SnapshotFiles;
import io.platen.printer.ConnectionDefaults;
import io.platen.printer.PrinterServices;
import io.platen.printer.transport.LocalPorts;
import io.platen.printer.transport.PrinterNames;
import io.platen.printer.transport.PrinterTransport;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.Recorded;
import io.platen.spooler.job.Refusal;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import io.platen.spooler.queue.PrinterDirectory;
import io.platen.spooler.queue.PrinterEntity;
import io.platen.spooler.queue.PrinterStreams;
import io.platen.spooler.queue.PrintersGuardian;
import io.platen.spooler.queue.QueueServices;
import io.platen.spooler.upkeep.FailureFiling;
import io.platen.spooler.upkeep.FailureFormat;
import io.platen.spooler.upkeep.Housekeeping;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way into the spooler: all printers' queues, their published state, and their documents. */
public final class Spooler {
    private static final Logger log = LoggerFactory.getLogger(Spooler.class);
    private static final Duration FINISH_MOVES_EVERY = Duration.ofHours(1);

    /** How long the shutdown waits for failure storage. The rest of its phase belongs to the jobs. */
    private static final Duration FILING_PATIENCE = Duration.ofMillis(900);

    /** Practically no limit: a start reads the whole journal, however long that takes. */
    private static final Duration START_PATIENCE = Duration.ofDays(7);

    /**
     * An event of any printer.
     *
     * @param id its ordinal in the journal: ids grow, and have gaps
     */
    public record Published(long id, PrinterId printer, PrinterEvent event) {}

    private final ActorSystem<?> system;
    private final SpoolerSettings settings;
    private final StatusBoard board = new StatusBoard();
    private final DocumentStore documents;
    private final JournalReader journal;
    private final FailureFiling filing;
    private final PrinterTransport transport;
    private final Executor blocking;
    private final Transfers transfers;
    private final Housekeeping housekeeping;
    private final Instant opened = Instant.now();
    private volatile @Nullable ActorRef<PrinterDirectory.Command> directory;
    private volatile boolean allRecovered;

    private Spooler(
            ActorSystem<?> system,
            SpoolerSettings settings,
            ConnectionDefaults lines,
            DocumentStore documents,
            FailureStore failures,
            FailureFormat format) {
        this.system = system;
        this.settings = settings;
        this.documents = documents;
        this.journal = new JournalReader(system);
        this.blocking =
                system.dispatchers().lookup(DispatcherSelector.fromConfig("platen.persistence.blocking-dispatcher"));
        this.filing = new FailureFiling(system, failures, documents, board, this::events, format, blocking);
        this.transport = PrinterTransport.create(
                lines.threads() == 0 ? Runtime.getRuntime().availableProcessors() : lines.threads());
        this.transfers = new Transfers(this::ask, system.executionContext());
        this.housekeeping = new Housekeeping(
                settings.retention(),
                board,
                documents,
                new JournalRetention(Journal.get(system).store(), SnapshotFiles.of(system)),
                this::ask,
                Clock.systemUTC(),
                blocking);
    }

    /** The guardian of the actor system for {@link #start}. */
    public static Behavior<PrintersGuardian.Command> guardian() {
        return PrintersGuardian.create();
    }

    /** Starts every printer in the journal. Completes when each has recovered or has failed to. */
    public static CompletionStage<Spooler> start(
            ActorSystem<PrintersGuardian.Command> system,
            DocumentStore documents,
            FailureStore failures,
            FreeSpace space,
            FailureFormat format) {
        var lines = ConnectionDefaults.of(system.settings().config());
        var settings = SpoolerSettings.of(system.settings().config());
        var spooler = new Spooler(system, settings, lines, documents, failures, format);
        var executor = system.executionContext();
        return spooler.journal
                .persistenceIds()
                .mapConcat(id -> PrinterStreams.printer(id).stream().toList())
                .runWith(Sink.seq(), system)
                .thenComposeAsync(known -> spooler.startPrinters(system, known, lines, space), executor)
                .thenComposeAsync(directory -> spooler.awaitRecovery(directory), executor)
                .thenApplyAsync(
                        recovered -> {
                            spooler.afterRecovery(recovered.all(), failures.found());
                            return spooler;
                        },
                        executor);
    }

    private CompletionStage<ActorRef<PrinterDirectory.Command>> startPrinters(
            ActorSystem<PrintersGuardian.Command> guardian,
            Collection<PrinterId> known,
            ConnectionDefaults lines,
            FreeSpace space) {
        var services = new QueueServices(
                settings.queues(),
                board,
                documents,
                space,
                filing,
                lines,
                new PrinterServices(
                        transport,
                        PrinterNames.ofThisHost(Clock.systemUTC(), lines.namesKeptFor()),
                        Clock.tickMillis(ZoneOffset.UTC),
                        LocalPorts.count()));
        return AskPattern.ask(
                guardian,
                replyTo -> new PrintersGuardian.Start(services, Set.copyOf(known), replyTo),
                START_PATIENCE,
                guardian.scheduler());
    }

    private CompletionStage<PrinterDirectory.Recovered> awaitRecovery(ActorRef<PrinterDirectory.Command> started) {
        directory = started;
        return AskPattern.ask(started, PrinterDirectory.AwaitRecovery::new, START_PATIENCE, system.scheduler());
    }

    /** The published state of all printers. */
    public StatusBoard board() {
        return board;
    }

    public DocumentStore documents() {
        return documents;
    }

    public WriterHealth journalWriter() {
        return Journal.get(system).store().writer();
    }

    /** Why nothing can be stored now; empty when storing works. */
    public Optional<String> trouble() {
        return Stream.of(Journal.get(system).store().writer(), documents.writer())
                .map(WriterHealth::trouble)
                .filter(Objects::nonNull)
                .map(Throwable::getMessage)
                .findFirst();
    }

    /** Whether a job's print data is still kept. Looks at the disk. */
    public boolean keepsDocument(PrinterProfile profile, PrintJob job) {
        return job.needsDocument(Instant.now(), settings.retention().documentsKeptFor(profile))
                && documents.exists(job.ticket().document());
    }

    /** The folder of a job in failure storage, if there is one. Blocks for a moment. */
    public Optional<Path> failureFolder(PrinterId printer, int job) {
        return filing.find(printer, job);
    }

    /** Asks a printer's queue. Never fails: without an answer in time the reply is {@link Refusal#UNAVAILABLE}. */
    public CompletionStage<Reply> ask(PrinterId printer, Request request) {
        return AskPattern.<PrinterDirectory.Command, Reply>ask(
                        directory(),
                        replyTo -> new PrinterDirectory.Forward(printer, new PrinterEntity.Ask(request, replyTo)),
                        settings.askTimeout(),
                        system.scheduler())
                .exceptionallyAsync(
                        late -> new Reply.Refused(
                                Refusal.UNAVAILABLE,
                                "The printer's queue did not answer in time; whether this was done is not known. Ask for"
                                        + " the state and try again."),
                        system.executionContext());
    }

    /** Removes a document that no job uses. Does not block. */
    public CompletionStage<Done> delete(StoredDocument document) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        documents.delete(document.id());
                    } catch (IOException e) {
                        log.warn(
                                "The document of a refused job could not be removed; the hourly clean-up will remove it",
                                e);
                    }
                    return Done.getInstance();
                },
                blocking);
    }

    /** A job's history, from the journal, oldest first. */
    public Source<Recorded, NotUsed> history(PrinterId printer, PrintJob job) {
        return events(printer, job.firstEvent(), job.lastEvent())
                .filter(recorded -> recorded.event().isAbout(job.number()));
    }

    /** The id of the last stored event; 0 when there is none. */
    public long lastEvent() {
        return Journal.get(system).store().lastOrdinal();
    }

    /** The stored events of all printers after an id, in the order of storing, without deleted ones. */
    public Source<Published, NotUsed> eventsAfter(long id) {
        return journal.allAfter(PrinterStreams.ENTITY, id).map(Spooler::published);
    }

    /** Like {@link #eventsAfter}, followed by the events from now on. */
    public Source<Published, NotUsed> liveEventsAfter(long id) {
        return journal.liveAfter(PrinterStreams.ENTITY, id).map(Spooler::published);
    }

    private static Published published(EventEnvelope<Object> envelope) {
        PrinterId printer = PrinterStreams.printer(envelope.persistenceId()).orElseThrow();
        return new Published(((Sequence) envelope.offset()).value(), printer, (PrinterEvent) envelope.event());
    }

    private Source<Recorded, NotUsed> events(PrinterId printer, long from, long to) {
        return journal.events(PrinterStreams.of(printer).id(), from, to)
                .map(envelope -> new Recorded(envelope.sequenceNr(), (PrinterEvent) envelope.event()));
    }

    public Transfers transfers() {
        return transfers;
    }

    /**
     * Shuts down: starts no more attempts, and waits for those under way. After {@code patience}, ends the remaining attempts
     * and records them as interrupted. Failure storage is written last.
     */
    public CompletionStage<Done> drain(Duration patience, Duration interruptPatience) {
        var executor = system.executionContext();
        return drainAll(patience)
                .exceptionallyComposeAsync(
                        late -> {
                            log.info("Ending the attempts that are still under way");
                            directory().tell(new PrinterDirectory.InterruptAll());
                            return drainAll(interruptPatience);
                        },
                        executor)
                .handleAsync(
                        (done, late) -> {
                            // In order, where there is still time for it.
                            directory().tell(new PrinterDirectory.InterruptAll());
                            transport.close();
                            return Optional.ofNullable(late);
                        },
                        blocking)
                .thenComposeAsync(
                        late -> awaitFiling()
                                .thenComposeAsync(
                                        done -> late.<CompletionStage<Done>>map(CompletableFuture::failedStage)
                                                .orElseGet(() -> CompletableFuture.completedStage(done)),
                                        executor),
                        executor);
    }

    private CompletionStage<Done> drainAll(Duration patience) {
        // With no patience at all the question would not even be sent.
        Duration some = patience.isZero() ? Duration.ofMillis(1) : patience;
        return AskPattern.ask(directory(), PrinterDirectory.DrainAll::new, some, system.scheduler());
    }

    /** The next start makes a folder that is not written now, but without the log lines of the failure. */
    private CompletionStage<Done> awaitFiling() {
        return filing.idle()
                .toCompletableFuture()
                .orTimeout(FILING_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyAsync(
                        late -> {
                            log.warn(
                                    "Not all folders of failed jobs could be written in time; the next start will write them");
                            return Done.getInstance();
                        },
                        blocking);
    }

    private ActorRef<PrinterDirectory.Command> directory() {
        return Objects.requireNonNull(directory, "The printers have not been started yet");
    }

    private void afterRecovery(boolean all, List<FailureStore.Entry> foldersAtStart) {
        allRecovered = all;
        transfers.finishMoves(board);
        system.scheduler()
                .scheduleAtFixedRate(
                        FINISH_MOVES_EVERY,
                        FINISH_MOVES_EVERY,
                        () -> transfers.finishMoves(board),
                        system.executionContext());
        if (!all) {
            log.error("Not all printers could be recovered, so unused documents and folders are not removed");
        }
        filing.begin(all ? foldersAtStart : List.of());
    }

    /**
     * Begins to remove what is no longer kept, now and periodically. Call it once, and only when requests are answered already:
     * it looks at all jobs of all printers.
     */
    public void keepHouse() {
        if (allRecovered) {
            housekeeping.start(system, opened);
        }
    }
}
