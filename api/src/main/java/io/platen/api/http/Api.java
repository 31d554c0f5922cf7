package io.platen.api.http;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import io.platen.api.events.EventFeed;
import io.platen.api.metrics.ServerMetrics;
import io.platen.api.security.AuditLog;
import io.platen.api.security.Authenticator;
import io.platen.api.webhook.Webhooks;
import io.platen.persistence.FreeSpace;
import io.platen.spooler.Spooler;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The whole HTTP API, in each of the server's phases. */
public final class Api extends AllDirectives {
    private static final ContentType.NonBinary PROMETHEUS_TEXT =
            (ContentType.NonBinary) ContentTypes.parse("text/plain; version=0.0.4; charset=UTF-8");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Problems problems = new Problems();

    /** While the journal is read. */
    public Route starting() {
        return problems.routes(concat(
                health(() -> Responses.problem(ProblemType.STARTING, "Platen is starting.")),
                explanations(),
                complete(Responses.problem(
                        ProblemType.STARTING, "Platen is reading its journal. Try again in a moment."))));
    }

    /** What the routes work with. */
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

    /** In service. */
    public Route serving(Services services) {
        return problems.routes(concat(
                health(() -> readiness(services.spooler())),
                explanations(),
                new DocsRoutes(blocking(services.system())).routes(),
                path(
                        "metrics",
                        () -> get(() -> completeWithFuture(CompletableFuture.supplyAsync(
                                () -> metrics(services.metrics()), blocking(services.system()))))),
                v1(services)));
    }

    /** Going down: looking is allowed, nothing new is taken. */
    public Route draining(@Nullable Route serving) {
        Route refusal = complete(
                Responses.problem(ProblemType.DRAINING, "Platen is going down. Try again when it is up again."));
        return problems.routes(concat(
                health(() -> Responses.problem(ProblemType.DRAINING, "Platen is draining.")),
                extractMethod(method -> READING.contains(method.value()) && serving != null ? serving : refusal)));
    }

    private Route v1(Services services) {
        var settings = services.settings();
        var access = new Access(
                services.system(),
                services.spooler(),
                services.space(),
                settings,
                services.feed(),
                services.audit(),
                new SubmissionRate(settings.submissionsPerSecond(), settings.submissionsBurst(), System::nanoTime),
                JobWaits.on(services.spooler().board()),
                services.webhooks(),
                services.authenticator());
        var submission = new Submission(access);
        var printers = new PrinterRoutes(access);
        var jobs = new JobRoutes(access, submission);
        var failures = new FailureRoutes(access);
        var bulk = new BulkFailureRoutes(access);
        return pathPrefix(
                "v1",
                () -> concat(
                        pathPrefix("printers", () -> concat(printers.routes(), jobs.routes(), failures.ofPrinter())),
                        pathPrefix("jobs", new BulkSubmission(access, submission)::routes),
                        pathPrefix("failures", () -> concat(failures.all(), bulk.routes())),
                        pathPrefix("operations", bulk::operations),
                        pathPrefix("events", new EventRoutes(access)::routes),
                        pathPrefix("webhooks", new WebhookRoutes(services.webhooks())::routes),
                        pathPrefix("audit", new AuditRoutes(access)::routes)));
    }

    /** What reads files: /proc for the sockets, and the jars. */
    private static Executor blocking(ActorSystem<?> system) {
        return system.dispatchers().lookup(DispatcherSelector.fromConfig("platen.persistence.blocking-dispatcher"));
    }

    private static HttpResponse metrics(ServerMetrics metrics) {
        return HttpResponse.create().withEntity(HttpEntities.create(PROMETHEUS_TEXT, metrics.text()));
    }

    /** Not while a store takes nothing because its files are being verified. */
    private static HttpResponse readiness(Spooler spooler) {
        return spooler.trouble()
                .map(trouble -> Responses.problem(ProblemType.UNAVAILABLE, "Platen takes no jobs: " + trouble))
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
                                complete(Responses.problem(ProblemType.NOT_FOUND, "There is no such problem.")))));
    }
}
