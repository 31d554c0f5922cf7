package io.platen.api.http;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import io.platen.api.events.EventFeed;
import io.platen.api.http.failures.BulkFailureRoutes;
import io.platen.api.http.failures.FailureRoutes;
import io.platen.api.http.jobs.BulkSubmission;
import io.platen.api.http.jobs.JobRoutes;
import io.platen.api.http.jobs.SubmissionRoutes;
import io.platen.api.http.jobs.SubmissionServices;
import io.platen.api.http.printers.PrinterRoutes;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.problem.Problems;
import io.platen.api.http.problem.Responses;
import io.platen.api.http.request.OnDisk;
import io.platen.api.http.request.UploadRoom;
import io.platen.api.http.watch.AuditRoutes;
import io.platen.api.http.watch.DocsRoutes;
import io.platen.api.http.watch.EventRoutes;
import io.platen.api.http.watch.WatcherCredentials;
import io.platen.api.http.watch.WebhookRoutes;
import io.platen.api.metrics.ServerMetrics;
import io.platen.api.security.AuditLog;
import io.platen.api.security.Authenticator;
import io.platen.api.webhook.Webhooks;
import io.platen.persistence.FreeSpace;
import io.platen.spooler.Spooler;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes of the HTTP API in each phase of the server. */
public final class Api extends AllDirectives {
    private static final ContentType.NonBinary PROMETHEUS_TEXT =
            (ContentType.NonBinary) ContentTypes.parse("text/plain; version=0.0.4; charset=UTF-8");

    private final Problems problems = new Problems();

    /** The routes while the server reads its journal. */
    public Route starting() {
        return problems.routes(concat(
                health(() -> Responses.problem(ProblemType.STARTING, "Platen is starting.")),
                explanations(),
                complete(Responses.problem(
                        ProblemType.STARTING, "Platen is reading its journal. Try again in a moment."))));
    }

    public record Services(
            ActorSystem<?> system,
            Spooler spooler,
            FreeSpace space,
            HttpSettings settings,
            EventFeed feed,
            AuditLog audit,
            ServerMetrics metrics,
            Webhooks webhooks,
            Authenticator authenticator) {}

    /** The routes of a server that is ready. */
    public Route serving(Services services) {
        var disk = OnDisk.of(services.system());
        return problems.routes(concat(
                health(() -> readiness(services.spooler())),
                explanations(),
                new DocsRoutes(disk).routes(),
                // Metrics count this process's sockets from /proc, which blocks.
                path("metrics", () -> get(() -> completeWithFuture(disk.ask(() -> metrics(services.metrics()))))),
                v1(services, disk)));
    }

    /** The routes during shutdown: requests that only read are still answered. */
    public Route draining(@Nullable Route serving) {
        Route refusal = complete(
                Responses.problem(ProblemType.DRAINING, "Platen is shutting down. Try again when it has restarted."));
        return problems.routes(concat(
                health(() ->
                        Responses.problem(ProblemType.DRAINING, "Platen is shutting down and accepts no new jobs.")),
                extractRequest(request -> Recording.isRead(request) && serving != null ? serving : refusal)));
    }

    private Route v1(Services services, OnDisk disk) {
        var system = services.system();
        var spooler = services.spooler();
        var board = spooler.board();
        var room = new UploadRoom(services.space(), disk, system.executionContext());
        var submissions = SubmissionServices.create(
                system,
                spooler,
                services.webhooks(),
                room,
                services.settings().uploads(),
                services.settings().submissions());
        var bulkFailures = new BulkFailureRoutes(system, spooler);
        var failures = new FailureRoutes(system, spooler);
        // Each tree is built once: a supplier is asked for each request.
        var printers = concat(
                new PrinterRoutes(system, spooler, room).routes(),
                new SubmissionRoutes(system, board, submissions).routes(),
                new JobRoutes(system, spooler, disk).routes(),
                failures.ofPrinter());
        var watchers = new WatcherCredentials(system, services.authenticator());
        var all = concat(
                under("printers", printers),
                under("jobs", new BulkSubmission(system, board, submissions).routes()),
                under("failures", concat(failures.all(), bulkFailures.routes())),
                under("operations", bulkFailures.operations()),
                under("events", new EventRoutes(spooler, services.feed(), watchers).routes()),
                under("webhooks", new WebhookRoutes(services.webhooks()).routes()),
                under("audit", new AuditRoutes(services.audit(), OnDisk.atTheReadersPace(system)).routes()));
        return under("v1", all);
    }

    private Route under(String prefix, Route routes) {
        return pathPrefix(prefix, () -> routes);
    }

    private static HttpResponse metrics(ServerMetrics metrics) {
        return HttpResponse.create().withEntity(HttpEntities.create(PROMETHEUS_TEXT, metrics.text()));
    }

    /** The server is not ready while a store accepts nothing because its files are being verified. */
    private static HttpResponse readiness(Spooler spooler) {
        return spooler.trouble()
                .map(trouble -> Responses.problem(ProblemType.UNAVAILABLE, "Platen accepts no jobs: " + trouble))
                .orElseGet(() -> Responses.json(200, Map.of("status", "ready")));
    }

    private Route health(Supplier<HttpResponse> ready) {
        return pathPrefix(
                "health",
                () -> concat(
                        path("live", () -> get(() -> complete(Responses.json(200, Map.of("status", "live"))))),
                        path("ready", () -> get(() -> complete(ready.get())))));
    }

    private Route explanations() {
        return path(
                segment("problems").slash(segment()),
                slug -> get(() -> Arrays.stream(ProblemType.values())
                        .filter(type -> type.slug().equals(slug))
                        .findFirst()
                        .map(type -> complete(Responses.json(
                                200,
                                Map.of(
                                        "type", "/problems/" + slug,
                                        "title", type.title(),
                                        "status", type.status(),
                                        "explanation", type.explanation()))))
                        .orElseGet(() ->
                                complete(Responses.problem(ProblemType.NOT_FOUND, "No problem has this name.")))));
    }
}
