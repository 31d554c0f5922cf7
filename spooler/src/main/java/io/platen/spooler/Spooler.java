package io.platen.spooler;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Props;
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
import io.platen.printer.LineSettings;
import io.platen.printer.PrinterServices;
import io.platen.printer.transport.LocalPorts;
import io.platen.printer.transport.PrinterNames;
import io.platen.printer.transport.PrinterTransport;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.JobEvent;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.Refusal;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way into the spooler: all printers' queues, their published state, and their documents. */
public final class Spooler {
    private static final Logger log = LoggerFactory.getLogger(Spooler.class);
    private static final Duration FINISH_MOVES_EVERY = Duration.ofHours(1);

    /** An event with its place in the printer's stream. */
    public record Recorded(long sequence, PrinterEvent event) {}

    /**
     * An event of any printer, with its place among the events of all: ids grow, with gaps.
     *
     * @param id its ordinal in the journal
     */
    public record Published(long id, PrinterId printer, PrinterEvent event) {}

    private final ActorSystem<?> system;
    private final SpoolerSettings settings;
    private final StatusBoard board;
    private final DocumentStore documents;
    private final JournalReader journal;
    private final FailureFiling failures;
    private final List<FailureStore.Entry> foldersAtStart;
    private final PrinterTransport transport;
    private final ActorRef<PrinterDirectory.Command> directory;
    private final Executor blocking;
    private final Transfers transfers;
    private final Housekeeping housekeeping;
    private final Instant opened;
    private volatile boolean allRecovered;

    private Spooler(
            ActorSystem<?> system,
            SpoolerSettings settings,
            StatusBoard board,
            DocumentStore documents,
            JournalReader journal,
            FailureFiling failures,
            List<FailureStore.Entry> foldersAtStart,
            PrinterTransport transport,
            ActorRef<PrinterDirectory.Command> directory,
            Executor blocking,
            Instant opened) {
        this.system = system;
        this.settings = settings;
        this.board = board;
        this.documents = documents;
        this.journal = journal;
        this.failures = failures;
        this.foldersAtStart = foldersAtStart;
        this.transport = transport;
        this.directory = directory;
        this.blocking = blocking;
        this.opened = opened;
        this.transfers = new Transfers(this::ask, system.executionContext());
        this.housekeeping = new Housekeeping(
                settings,
                board,
                documents,
                new JournalRetention(Journal.get(system).store(), SnapshotFiles.of(system)),
                this::ask,
                Clock.systemUTC(),
                blocking);
    }

    /** Starts every printer that the journal knows; completes when all of them have recovered. */
    public static CompletionStage<Spooler> start(
            ActorSystem<?> system,
            DocumentStore documents,
            FailureStore failures,
            FreeSpace space,
            FailureFormat format) {
        Instant opened = Instant.now();
        var settings = SpoolerSettings.of(system.settings().config());
        var lines = LineSettings.of(system.settings().config());
        var journal = new JournalReader(system);
        Executor blocking =
                system.dispatchers().lookup(DispatcherSelector.fromConfig("platen.persistence.blocking-dispatcher"));
        var executor = system.executionContext();
        return journal.persistenceIds()
                .mapConcat(id -> PrinterStreams.printer(id).stream().toList())
                .runWith(Sink.seq(), system)
                .thenComposeAsync(
                        known -> {
                            int threads =
                                    lines.threads() == 0 ? Runtime.getRuntime().availableProcessors() : lines.threads();
                            var transport = PrinterTransport.create(threads);
                            var board = new StatusBoard();
                            var foldersAtStart = failures.found();
                            var filing = new FailureFiling(
                                    system,
                                    failures,
                                    documents,
                                    (printer, from, to) -> events(journal, printer, from, to),
                                    format,
                                    blocking);
                            var services = new SpoolerServices(
                                    settings,
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
                            var settled = new CompletableFuture<Boolean>();
                            ActorRef<PrinterDirectory.Command> directory = system.systemActorOf(
                                    PrinterDirectory.create(services, Set.copyOf(known), settled),
                                    "printers",
                                    Props.empty());
                            var spooler = new Spooler(
                                    system,
                                    settings,
                                    board,
                                    documents,
                                    journal,
                                    filing,
                                    foldersAtStart,
                                    transport,
                                    directory,
                                    blocking,
                                    opened);
                            return settled.thenApplyAsync(
                                    all -> {
                                        spooler.afterRecovery(all);
                                        return spooler;
                                    },
                                    executor);
                        },
                        executor);
    }

    /** The published state of all printers. */
    public StatusBoard board() {
        return board;
    }

    /** The stored documents. */
    public DocumentStore documents() {
        return documents;
    }

    /** How the journal's writer is. */
    public WriterHealth journalWriter() {
        return Journal.get(system).store().writer();
    }

    /** Why nothing can be stored now, where that is so. */
    public Optional<String> trouble() {
        return Stream.of(Journal.get(system).store().writer(), documents.writer())
                .map(WriterHealth::trouble)
                .filter(Objects::nonNull)
                .map(Throwable::getMessage)
                .findFirst();
    }

    /** Whether a job's print data is still kept. Looks at the disk. */
    public boolean keepsDocument(PrinterProfile profile, PrintJob job) {
        return job.needsDocument(Instant.now(), housekeeping.documentsKeptFor(profile))
                && documents.exists(job.ticket().document());
    }

    /** The folder of a job in failure storage, when it is there. Blocks for a moment. */
    public Optional<Path> failureFolder(PrinterId printer, int job) {
        return failures.find(printer, job);
    }

    /** Asks a printer's queue. Never fails: what cannot be answered in time is refused as unavailable. */
    public CompletionStage<Reply> ask(PrinterId printer, Request request) {
        return AskPattern.<PrinterDirectory.Command, Reply>ask(
                        directory,
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

    /** Removes a document that no job names, off the caller's thread. */
    public CompletionStage<Done> delete(StoredDocument document) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        documents.delete(document.id());
                    } catch (IOException e) {
                        log.warn("The document of a refused job could not be removed; the next sweep will", e);
                    }
                    return Done.getInstance();
                },
                blocking);
    }

    /** A job's history, from the journal, oldest first. */
    public Source<Recorded, NotUsed> history(PrinterId printer, PrintJob job) {
        return events(journal, printer, job.firstEvent(), job.lastEvent())
                .filter(recorded -> recorded.event() instanceof JobEvent event && event.job() == job.number());
    }

    /** The id of the last event that is stored, 0 when there is none. */
    public long lastEvent() {
        return Journal.get(system).store().lastOrdinal();
    }

    /** What is stored behind an id, of all printers, in the order of storing; what was deleted is left out. */
    public Source<Published, NotUsed> eventsAfter(long id) {
        return journal.allAfter(PrinterStreams.ENTITY, id).map(Spooler::published);
    }

    /** The same, and then what happens from now on. */
    public Source<Published, NotUsed> liveEventsAfter(long id) {
        return journal.liveAfter(PrinterStreams.ENTITY, id).map(Spooler::published);
    }

    private static Published published(EventEnvelope<Object> envelope) {
        PrinterId printer = PrinterStreams.printer(envelope.persistenceId()).orElseThrow();
        return new Published(((Sequence) envelope.offset()).value(), printer, (PrinterEvent) envelope.event());
    }

    private static Source<Recorded, NotUsed> events(JournalReader journal, PrinterId printer, long from, long to) {
        return journal.events(PrinterStreams.of(printer).id(), from, to)
                .map(envelope -> new Recorded(envelope.sequenceNr(), (PrinterEvent) envelope.event()));
    }

    /** Jobs that become new jobs, of this printer or another. */
    public Transfers transfers() {
        return transfers;
    }

    /**
     * Ends in order: nothing more is started, what is under way may finish until the patience runs out,
     * what is still under way then is ended and recorded as interrupted.
     */
    public CompletionStage<Done> drain(Duration patience, Duration interruptPatience) {
        var drained = new CompletableFuture<Done>();
        directory.tell(new PrinterDirectory.DrainAll(drained));
        var executor = system.executionContext();
        return drained.copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyComposeAsync(
                        late -> {
                            log.info("Ending what is still under way");
                            directory.tell(new PrinterDirectory.InterruptAll());
                            return drained.copy().orTimeout(interruptPatience.toMillis(), TimeUnit.MILLISECONDS);
                        },
                        executor)
                .whenCompleteAsync(
                        (done, late) -> {
                            // In order, where there is still time for it.
                            directory.tell(new PrinterDirectory.InterruptAll());
                            transport.close();
                        },
                        blocking);
    }

    private void afterRecovery(boolean all) {
        allRecovered = all;
        transfers.finishMoves(board);
        system.scheduler()
                .scheduleAtFixedRate(
                        FINISH_MOVES_EVERY,
                        FINISH_MOVES_EVERY,
                        () -> transfers.finishMoves(board),
                        system.executionContext());
        if (all) {
            blocking.execute(() -> failures.tidy(foldersAtStart, board.all()));
        } else {
            log.error("Not every printer could be recovered; unused documents are not removed");
        }
    }

    /**
     * Begins to remove what is not kept any longer, now and at its times. To be called once, when requests are answered:
     * it looks at all jobs of all printers.
     */
    public void keepHouse() {
        if (allRecovered) {
            housekeeping.start(system, opened);
        }
    }
}
