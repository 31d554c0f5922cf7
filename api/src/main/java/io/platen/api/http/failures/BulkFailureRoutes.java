package io.platen.api.http.failures;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.stream.javadsl.Source;
import io.platen.api.http.failures.FailureFilter.FailedJob;
import io.platen.api.http.failures.Operations.Operation;
import io.platen.api.http.jobs.KeptDocuments;
import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.problem.Problems;
import io.platen.api.http.problem.Responses;
import io.platen.api.http.request.Bodies;
import io.platen.api.http.request.Callers;
import io.platen.api.http.request.JsonFields;
import io.platen.api.http.request.Lookup;
import io.platen.api.http.request.OnDisk;
import io.platen.spooler.Spooler;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/failures/resubmit} and {@code /discard} for all failures that match a filter, and {@code /v1/operations}. */
public final class BulkFailureRoutes extends AllDirectives {
    private static final int AT_ONCE = 16;
    private static final int JOBS_LOGGED = 1_000;

    /** An operation on few jobs ends within this time, so the answer has its final counts. */
    private static final long ANSWER_AFTER_MILLIS = 2_000;

    record OperationList(List<Operations.OperationView> operations) {}

    private final ActorSystem<?> system;
    private final Spooler spooler;
    private final Lookup lookup;
    private final KeptDocuments documents;
    private final Operations operations = new Operations();

    public BulkFailureRoutes(ActorSystem<?> system, Spooler spooler) {
        this.system = system;
        this.spooler = spooler;
        this.lookup = new Lookup(spooler.board());
        this.documents = new KeptDocuments(spooler, OnDisk.of(system));
    }

    public Route routes() {
        return concat(bulk("resubmit", this::resubmit), bulk("discard", this::discard));
    }

    private Route bulk(String name, BiFunction<HttpEntity, String, CompletionStage<HttpResponse>> work) {
        return path(
                name,
                () -> post(() -> withSizeLimit(
                        Bodies.MOST_JSON,
                        () -> extractRequest(request -> extractRequestEntity(body -> completeWithFuture(
                                work.apply(body, Callers.of(request).key())))))));
    }

    public Route operations() {
        return concat(
                pathEndOrSingleSlash(() ->
                        get(() -> complete(Responses.json(200, new OperationList(operations.all()))))),
                path(
                        segment(),
                        id -> get(() -> complete(operations
                                .find(id)
                                .map(operation -> Responses.json(200, operation.view()))
                                .orElseGet(() -> Responses.problem(
                                        ProblemType.NO_SUCH_OPERATION, "There is no operation '" + id + "'."))))));
    }

    private CompletionStage<HttpResponse> resubmit(HttpEntity body, String who) {
        return Bodies.jsonIfAny(system, body)
                .thenComposeAsync(
                        json -> {
                            var filter = FailureFilter.of(json, Set.of("dryRun", "to"));
                            String target = JsonFields.text(json, "to");
                            PrinterId to = target == null
                                    ? null
                                    : lookup.printer(target).id();
                            return run(
                                    "resubmit",
                                    filter,
                                    JsonFields.flag(json, "dryRun"),
                                    entry -> resubmit(entry, to, who));
                        },
                        system.executionContext());
    }

    private CompletionStage<Reply> resubmit(FailedJob entry, @Nullable PrinterId to, String who) {
        var ref = new JobRef(entry.printer(), entry.job().number());
        return documents
                .require(lookup.printer(entry.printer()), entry.job())
                .thenComposeAsync(
                        kept -> spooler.transfers()
                                .by(who)
                                .resubmit(ref, entry.job(), to == null ? entry.printer() : to),
                        system.executionContext());
    }

    private CompletionStage<HttpResponse> discard(HttpEntity body, String who) {
        return Bodies.jsonIfAny(system, body)
                .thenComposeAsync(
                        json -> {
                            var filter = FailureFilter.of(json, Set.of("dryRun", "reason"));
                            String reason = FailureRoutes.reason(JsonFields.text(json, "reason"));
                            return run(
                                    "discard",
                                    filter,
                                    JsonFields.flag(json, "dryRun"),
                                    entry -> spooler.ask(
                                            entry.printer(),
                                            new Request.Discard(entry.job().number(), reason).by(who)));
                        },
                        system.executionContext());
    }

    private CompletionStage<HttpResponse> run(
            String kind, FailureFilter filter, boolean dryRun, Function<FailedJob, CompletionStage<Reply>> work) {
        List<FailedJob> entries = filter.entries(lookup);
        if (dryRun) {
            return CompletableFuture.completedFuture(
                    Responses.json(202, Operations.OperationView.dryRun(kind, entries.size())));
        }
        Operation operation = operations.begin(kind, entries.size());
        // Oldest failure first, to keep the original order of the labels.
        CompletionStage<Done> all = Source.range(1, entries.size())
                .map(place -> entries.get(entries.size() - place))
                .mapAsync(AT_ONCE, entry -> one(operation, entry, work))
                .run(system)
                .handleAsync(
                        (done, failure) -> {
                            operation.ended();
                            return Done.getInstance();
                        },
                        system.executionContext());
        return all.toCompletableFuture()
                .completeOnTimeout(Done.getInstance(), ANSWER_AFTER_MILLIS, TimeUnit.MILLISECONDS)
                .thenApplyAsync(
                        done -> {
                            var view = operation.view();
                            return Responses.json(202, view)
                                    .addHeader(RawHeader.create("Location", "/v1/operations/" + view.id()))
                                    .addAttribute(Responses.DETAIL, detail(filter, entries));
                        },
                        system.executionContext());
    }

    private static String detail(FailureFilter filter, List<FailedJob> entries) {
        String jobs = entries.stream()
                .limit(JOBS_LOGGED)
                .map(entry -> entry.printer() + "/" + entry.job().number())
                .collect(Collectors.joining(" "));
        return "%,d jobs of printer %s, cause %s: %s%s"
                .formatted(
                        entries.size(),
                        filter.printer() == null ? "any" : filter.printer(),
                        filter.cause() == null ? "any" : filter.cause(),
                        jobs,
                        entries.size() > JOBS_LOGGED ? " and others" : "");
    }

    private CompletionStage<Done> one(
            Operation operation, FailedJob entry, Function<FailedJob, CompletionStage<Reply>> work) {
        String name = "Job " + entry.job().number() + " of " + entry.printer() + ": ";
        CompletionStage<Reply> asked;
        try {
            asked = work.apply(entry);
        } catch (ProblemException e) {
            operation.refused(name + e.getMessage());
            return CompletableFuture.completedFuture(Done.getInstance());
        }
        return asked.handleAsync(
                (reply, failure) -> {
                    String why = failure == null
                            ? reply.fold(done -> "", Reply.Refused::detail)
                            : String.valueOf(Problems.of(failure).getMessage());
                    if (why.isEmpty()) {
                        operation.done();
                    } else {
                        operation.refused(name + why);
                    }
                    return Done.getInstance();
                },
                system.executionContext());
    }
}
