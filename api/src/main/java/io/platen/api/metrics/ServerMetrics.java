package io.platen.api.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.platen.api.host.OpenSockets;
import io.platen.api.wire.PrinterView;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.commit.WriterHealth;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.Spooler;
import io.platen.spooler.job.JobTable;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.QueueState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * A server's metrics. Names follow Prometheus' conventions: base units, {@code _total} for counters.
 * docs/operating.md lists them.
 */
public final class ServerMetrics {
    /** Bounds of the histograms. */
    private static final Duration[] DURATIONS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2),
        Duration.ofMinutes(10),
        Duration.ofHours(1)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Spooler spooler;
    private final MultiGauge queued;
    private final MultiGauge oldest;
    private final MultiGauge printers;
    private final MultiGauge sockets;

    public ServerMetrics(Spooler spooler, FreeSpace space, Supplier<Number> eventClients) {
        this.spooler = spooler;
        queued = MultiGauge.builder("platen.queue.jobs")
                .description("Jobs of a printer by condition")
                .register(registry);
        oldest = MultiGauge.builder("platen.queue.oldest.job.age")
                .description("How long the oldest unfinished job of a printer has waited")
                .baseUnit("seconds")
                .register(registry);
        printers = MultiGauge.builder("platen.printers")
                .description("Printers by state")
                .register(registry);
        sockets = MultiGauge.builder("platen.open.sockets")
                .description("TCP sockets of this process by state")
                .register(registry);
        store("journal", spooler.journalWriter());
        store("documents", spooler.documents().writer());
        Gauge.builder("platen.disk.free", space, FreeSpace::usableBytes)
                .description("Bytes that the disk of the data directory has left")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("platen.event.clients", eventClients)
                .description("Clients that watch events")
                .register(registry);
        FunctionCounter.builder("platen.journal.events", spooler, Spooler::lastEvent)
                .description("Events ever stored")
                .register(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        GarbageCollections.bindTo(registry);
        spooler.board().listen(new JobMetrics(registry)::published);
    }

    /** An answered HTTP request. */
    public void answered(String method, int status, long nanos) {
        Timer.builder("platen.http.requests")
                .description("Time from an HTTP request to the beginning of its answer")
                .tags("method", method.toUpperCase(Locale.ROOT), "status", Integer.toString(status))
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A request that was turned away. */
    public void refused(String why) {
        Counter.builder("platen.http.refusals")
                .description("Requests turned away by a limit or for their credentials")
                .tag("reason", why)
                .register(registry)
                .increment();
    }

    /** All metrics in Prometheus' text format 0.0.4. */
    public synchronized String text() {
        List<PrinterStatus> all = spooler.board().all();
        Instant now = Instant.now();
        queued.register(
                all.stream().flatMap(printer -> conditions(printer).stream()).toList(), true);
        oldest.register(
                all.stream()
                        .map(printer -> Row.of(Tags.of("printer", printer.id().value()), age(printer.queue(), now)))
                        .toList(),
                true);
        printers.register(states(all), true);
        sockets.register(
                OpenSockets.byState().entrySet().stream()
                        .map(state -> Row.of(Tags.of("state", state.getKey()), state.getValue()))
                        .toList(),
                true);
        return registry.scrape();
    }

    private static List<Row<?>> conditions(PrinterStatus printer) {
        JobTable.Counts counts = printer.queue().jobs().counts();
        return List.of(
                row(printer, "pending", counts.pending()),
                row(printer, "held", counts.held()),
                row(printer, "processing", counts.processing()),
                row(printer, "failed", counts.failed()));
    }

    private static List<Row<?>> states(List<PrinterStatus> printers) {
        Map<String, Integer> counts = new TreeMap<>(Map.of("idle", 0, "processing", 0, "stopped", 0));
        printers.forEach(printer -> counts.merge(PrinterView.state(printer), 1, Integer::sum));
        return counts.entrySet().stream()
                .<Row<?>>map(count -> Row.of(Tags.of("state", count.getKey()), count.getValue()))
                .toList();
    }

    private static Row<?> row(PrinterStatus printer, String condition, int count) {
        return Row.of(Tags.of("printer", printer.id().value(), "condition", condition), count);
    }

    /** Held jobs do not count: they wait for a person, not for the printer. */
    private static double age(QueueState queue, Instant now) {
        return queue.jobs()
                .oldestActive()
                .map(PrintJob::submittedAt)
                .map(since -> Math.max(0, Duration.between(since, now).toMillis()) / 1e3)
                .orElse(0.0);
    }

    private void store(String name, WriterHealth writer) {
        Tags tags = Tags.of("store", name);
        FunctionTimer.builder(
                        "platen.store.commit",
                        writer,
                        w -> w.metrics().commitNanos().count(),
                        w -> w.metrics().commitNanos().sum(),
                        TimeUnit.NANOSECONDS)
                .description("Groups of writes made durable, with one sync each")
                .tags(tags)
                .register(registry);
        counter(
                "platen.store.writes",
                "Writes made durable",
                tags,
                writer,
                w -> w.metrics().groupSize().sum());
        counter(
                "platen.store.written.bytes",
                "Bytes made durable",
                tags,
                writer,
                w -> w.metrics().bytes());
        counter(
                "platen.store.refused.writes",
                "Writes turned away because too many waited",
                tags,
                writer,
                w -> w.metrics().refusals());
        counter(
                "platen.store.failed.commits",
                "Groups that could not be made durable",
                tags,
                writer,
                w -> w.metrics().failures());
        Gauge.builder("platen.store.waiting.writes", writer, WriterHealth::waiting)
                .description("Writes that wait for the next sync")
                .tags(tags)
                .register(registry);
        Gauge.builder("platen.store.up", writer, w -> w.trouble() == null ? 1 : 0)
                .description("0 while the store accepts no writes because its files are being verified")
                .tags(tags)
                .register(registry);
    }

    private void counter(
            String name, String what, Tags tags, WriterHealth writer, ToDoubleFunction<WriterHealth> value) {
        FunctionCounter.builder(name, writer, value)
                .description(what)
                .tags(tags)
                .register(registry);
    }

    static Timer timer(MeterRegistry registry, String name, String what, Tags tags) {
        return Timer.builder(name)
                .description(what)
                .tags(tags)
                .serviceLevelObjectives(DURATIONS)
                .register(registry);
    }
}
