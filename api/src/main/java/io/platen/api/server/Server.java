package io.platen.api.server;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import akka.japi.function.Function;
import akka.stream.javadsl.Tcp;
import io.platen.api.events.EventFeed;
import io.platen.api.events.WatcherPlaces;
import io.platen.api.evidence.FailureFiles;
import io.platen.api.host.Umask;
import io.platen.api.http.Api;
import io.platen.api.http.Gate;
import io.platen.api.http.HttpSettings;
import io.platen.api.http.door.Door;
import io.platen.api.metrics.ServerMetrics;
import io.platen.api.security.AuditLog;
import io.platen.api.security.Authenticator;
import io.platen.api.security.SecuritySettings;
import io.platen.api.security.Tls;
import io.platen.api.webhook.WebhookSettings;
import io.platen.api.webhook.Webhooks;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.OwnerOnly;
import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.akka.Journal;
import io.platen.persistence.document.DocumentSettings;
import io.platen.persistence.document.DocumentStore;
import io.platen.persistence.failure.FailureStore;
import io.platen.persistence.journal.JournalStore;
import io.platen.spooler.Spooler;
import io.platen.spooler.queue.PrintersGuardian;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Platen server: the stores, the spooler, and the HTTP API on one port. */
public final class Server {
    private static final Logger log = LoggerFactory.getLogger(Server.class);
    private static final Duration INTERRUPT_PATIENCE = Duration.ofSeconds(2);

    private final ActorSystem<PrintersGuardian.Command> system;
    private final Api api = new Api();
    private final FileChannel lock;
    private volatile Function<HttpRequest, CompletionStage<HttpResponse>> handler;
    private volatile @Nullable Route serving;
    private volatile @Nullable JournalStore journal;
    private volatile @Nullable DocumentStore documents;
    private volatile @Nullable Spooler spooler;
    private volatile Tcp.@Nullable ServerBinding binding;
    private volatile @Nullable EventFeed feed;
    private volatile @Nullable AuditLog audit;
    private volatile @Nullable Webhooks webhooks;
    private volatile @Nullable ServerMetrics metrics;
    private volatile boolean secure;
    private boolean draining;

    private Server(ActorSystem<PrintersGuardian.Command> system, FileChannel lock) {
        this.system = system;
        this.lock = lock;
        this.handler = api.starting().function(system);
    }

    /**
     * Starts a server, which is ready when this method returns. While it reads its journal it answers 503.
     *
     * @throws StartException when it cannot
     */
    public static Server start(ServerSettings settings) throws StartException {
        Authenticator authenticator = authenticator(settings);
        FileChannel lock = lock(settings.dataDirectory());
        ActorSystem<PrintersGuardian.Command> system =
                ActorSystem.create(Spooler.guardian(), "platen", settings.config());
        var server = new Server(system, lock);
        try {
            server.run(settings, authenticator);
            return server;
        } catch (RuntimeException | IOException e) {
            server.stop();
            Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            String advice = cause instanceof StoreDamagedException
                    ? ". './platen journal verify' lists all that is damaged; './platen journal restore' puts a backup back"
                    : "";
            throw new StartException("Platen cannot start: " + cause.getMessage() + advice, cause);
        }
    }

    private static Authenticator authenticator(ServerSettings settings) throws StartException {
        boolean exposed = !settings.isLoopback();
        try {
            var authenticator = new Authenticator(securitySettings(settings), Clock.systemUTC());
            if (exposed && !settings.insecure() && !authenticator.hasCredentials()) {
                throw new StartException(
                        "Refusing to listen on " + settings.bind()
                                + " without credentials: anybody who reaches it could print. Make a token with"
                                + " './platen token create', set platen.security.oidc, listen on 127.0.0.1, or add --insecure.");
            }
            return authenticator;
        } catch (IOException e) {
            throw new StartException("Platen cannot start: " + e.getMessage(), e);
        }
    }

    private static SecuritySettings securitySettings(ServerSettings settings) {
        return SecuritySettings.of(
                settings.config(), settings.dataDirectory(), !settings.isLoopback() && !settings.insecure());
    }

    /** {@code http://host:port}, or {@code https} with TLS. */
    public String url() {
        Tcp.ServerBinding bound = binding;
        if (bound == null) {
            throw new IllegalStateException("Not bound");
        }
        var address = bound.localAddress();
        String host = address.getAddress().getHostAddress();
        return (secure ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + address.getPort();
    }

    /** The spooler of this server. */
    public Spooler spooler() {
        Spooler running = spooler;
        if (running == null) {
            throw new IllegalStateException("Not ready");
        }
        return running;
    }

    /** Stops the server in order, as SIGTERM does, and waits until it has stopped. */
    public void stop() {
        CoordinatedShutdown.get(system)
                .runAll(CoordinatedShutdown.unknownReason())
                .toCompletableFuture()
                .join();
        awaitEnd();
    }

    /** Waits until the server has stopped, for whatever reason; returns false when it has not in this time. */
    public boolean awaitEnd(Duration patience) {
        try {
            system.getWhenTerminated().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            log.warn("Platen did not stop in order", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits until the server has stopped, for whatever reason. */
    public void awaitEnd() {
        system.getWhenTerminated().toCompletableFuture().join();
        // Closed before the lock is released: the next server must not find the stores open.
        JournalStore events = journal;
        if (events != null) {
            events.close();
        }
        AuditLog changes = audit;
        if (changes != null) {
            changes.close();
        }
        DocumentStore stored = documents;
        if (stored != null) {
            stored.close();
        }
        try {
            lock.close();
        } catch (IOException e) {
            log.warn("The lock of the data directory could not be released", e);
        }
    }

    private void run(ServerSettings settings, Authenticator authenticator) throws IOException {
        var limits = HttpSettings.of(settings.config());
        Path data = settings.dataDirectory();
        Files.createDirectories(data.resolve("journal"));
        Files.createDirectories(data.resolve("snapshots"));
        var space = new FreeSpace(data, settings.freeSpaceReserveBytes());
        if (!space.allowsEvents()) {
            throw new IOException("the disk of " + data
                    + " is full. Free at least %,d bytes".formatted(settings.freeSpaceReserveBytes()));
        }
        drainOnShutdown(settings.drainPatience());
        Tls tls = Tls.of(settings.config()).orElse(null);
        secure = tls != null;
        Executor beside = system.dispatchers().lookup(DispatcherSelector.fromConfig(DocumentStore.BESIDE_DISPATCHER));
        AuditLog changes = AuditLog.open(securitySettings(settings), beside);
        audit = changes;
        var gate = new Gate(
                system,
                authenticator,
                changes,
                new Gate.Exposure(settings.isLoopback(), secure),
                Clock.tickMillis(ZoneOffset.UTC));
        Function<HttpRequest, CompletionStage<HttpResponse>> guarded = request -> gate.pass(request, handler, metrics);
        // In parallel, because loading the HTTP classes takes as long as opening the stores.
        // Nothing is printed before the port is ours.
        var bound = CompletableFuture.supplyAsync(() -> bind(settings, limits, tls, guarded), blocking());
        journal = openJournal();
        var stored =
                DocumentStore.open(data.resolve("documents"), space, DocumentSettings.of(settings.config()), beside);
        documents = stored;
        var failures = FailureStore.open(data.resolve("failures"), space);
        binding = bound.join();
        Spooler started = Spooler.start(system, stored, failures, space, new FailureFiles(blocking()))
                .toCompletableFuture()
                .join();
        spooler = started;
        var events = new EventFeed(
                system,
                started,
                limits.eventsKept(),
                new WatcherPlaces(limits.eventClients(), limits.eventClientsOfOne()));
        feed = events;
        var callbacks = Webhooks.start(system, started, WebhookSettings.of(settings.config(), data));
        webhooks = callbacks;
        var counted = new ServerMetrics(started, space, events::clients);
        metrics = counted;
        Route routes = api.serving(
                new Api.Services(system, started, space, limits, events, changes, counted, callbacks, authenticator));
        serving = routes;
        synchronized (this) {
            handler = draining ? api.draining(routes).function(system) : routes.function(system);
        }
        started.keepHouse();
    }

    private Tcp.ServerBinding bind(
            ServerSettings settings,
            HttpSettings limits,
            @Nullable Tls tls,
            Function<HttpRequest, CompletionStage<HttpResponse>> handle) {
        if (tls != null) {
            Duration every = settings.config().getDuration("platen.http.tls.reload-every");
            Executor blocking = blocking();
            system.scheduler()
                    .scheduleAtFixedRate(
                            every, every, () -> blocking.execute(tls::reloadIfChanged), system.executionContext());
        }
        return new Door(system, limits.connections(), handle, tls == null ? null : tls::engine)
                .open(settings.bind(), settings.port())
                .toCompletableFuture()
                .join();
    }

    private Executor blocking() {
        return system.dispatchers().lookup(DispatcherSelector.fromConfig("platen.persistence.blocking-dispatcher"));
    }

    private JournalStore openJournal() throws IOException {
        try {
            return Journal.get(system).store();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void drainOnShutdown(Duration patience) {
        var shutdown = CoordinatedShutdown.get(system);
        shutdown.addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "take nothing new", () -> {
            log.info("Stopping: no new requests are accepted");
            synchronized (this) {
                draining = true;
                handler = api.draining(serving).function(system);
            }
            EventFeed watched = feed;
            if (watched != null) {
                watched.close();
            }
            Webhooks callbacks = webhooks;
            // Closing writes to disk how far the callbacks have come.
            return callbacks == null
                    ? done()
                    : CompletableFuture.supplyAsync(
                            () -> {
                                callbacks.close();
                                return Done.getInstance();
                            },
                            blocking());
        });
        shutdown.addTask(CoordinatedShutdown.PhaseServiceRequestsDone(), "finish or park jobs", () -> {
            Spooler running = spooler;
            return running == null ? done() : running.drain(patience, INTERRUPT_PATIENCE);
        });
        shutdown.addTask(CoordinatedShutdown.PhaseServiceStop(), "close the door", () -> {
            Tcp.ServerBinding bound = binding;
            return bound == null
                    ? done()
                    : bound.unbind().thenApplyAsync(closed -> Done.getInstance(), system.executionContext());
        });
    }

    private static CompletionStage<Done> done() {
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    /** Locks the data directory: two servers would destroy it. */
    private static FileChannel lock(Path directory) throws StartException {
        Path file = directory.resolve("lock");
        try {
            Umask.ownerOnly();
            switch (OwnerOnly.open(directory)) {
                case CLOSED -> {}
                case NARROWED ->
                    log.warn("Other users could enter the data directory {}; now only its owner can", directory);
                case OPEN ->
                    log.warn(
                            "Other users can read the data directory {}, and this user may not change that. Run: chmod -R go= {}",
                            directory,
                            directory);
            }
            OwnerOnly.touch(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw inUse(directory);
            }
            return channel;
        } catch (OverlappingFileLockException e) {
            throw inUse(directory);
        } catch (IOException e) {
            throw new StartException("The data directory " + directory + " cannot be used: " + e, e);
        }
    }

    private static StartException inUse(Path directory) {
        return new StartException("The data directory " + directory
                + " is in use by another Platen. Stop that one, or choose another with --data-dir.");
    }
}
