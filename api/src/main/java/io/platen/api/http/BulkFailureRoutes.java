package io.platen.api.http;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.Done;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.stream.javadsl.Source;
import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.http.FailureFilter.Entry;
import io.platen.api.http.Operations.Operation;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/failures/resubmit} and {@code /discard}: all that match a filter; and how far such work is. */
final class BulkFailureRoutes extends AllDirectives {
    private static final int AT_ONCE = 16;
    private static final int JOBS_LOGGED = 1_000;

    /** A small number is done before the answer, which then has the final counts. */
    private static final long ANSWER_AFTER_MILLIS = 2_000;

    /** The wire form of the list. */
    record OperationList(List<Operations.View> operations) {}

    private final Access access;
    private final Operations operations = new Operations();

    BulkFailureRoutes(Access access) {
        this.access = access;
    }

    Route routes() {
        return concat(
                path(
                        "resubmit",
                        () -> post(() -> withSizeLimit(
                                Bodies.MOST_JSON,
                                () -> extractRequest(request -> extractRequestEntity(body -> completeWithFuture(
                                        resubmit(body, Access.caller(request).key()))))))),
                path(
                        "discard",
                        () -> post(() -> withSizeLimit(
                                Bodies.MOST_JSON,
                                () -> extractRequest(request -> extractRequestEntity(body -> completeWithFuture(
                                        discard(body, Access.caller(request).key()))))))));
    }

    /** {@code /v1/operations}. */
    Route operations() {
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
        return Bodies.jsonIfAny(access, body)
                .thenComposeAsync(
                        json -> {
                            var filter = FailureFilter.of(json, Set.of("dryRun", "to"));
                            String target = FailureFilter.text(json, "to");
                            PrinterId to = target == null
                                    ? null
                                    : access.printer(target).id();
                            return run("resubmit", filter, isDryRun(json), entry -> resubmit(entry, to, who));
                        },
                        access.executor());
    }

    private CompletionStage<Reply> resubmit(Entry entry, @Nullable PrinterId to, String who) {
        access.requireDocument(access.printer(entry.printer().value()), entry.job());
        var ref = new JobRef(entry.printer(), entry.job().number());
        return access.spooler().transfers().by(who).resubmit(ref, entry.job(), to == null ? entry.printer() : to);
    }

    private CompletionStage<HttpResponse> discard(HttpEntity body, String who) {
        return Bodies.jsonIfAny(access, body)
                .thenComposeAsync(
                        json -> {
                            var filter = FailureFilter.of(json, Set.of("dryRun", "reason"));
                            String reason = FailureRoutes.reason(FailureFilter.text(json, "reason"));
                            return run(
                                    "discard",
                                    filter,
                                    isDryRun(json),
                                    entry -> access.spooler()
                                            .ask(
                                                    entry.printer(),
                                                    new Request.Discard(
                                                                    entry.job().number(), reason)
                                                            .by(who)));
                        },
                        access.executor());
    }

    private CompletionStage<HttpResponse> run(
            String kind, FailureFilter filter, boolean dryRun, Function<Entry, CompletionStage<Reply>> work) {
        List<Entry> entries = filter.entries(access);
        if (dryRun) {
            return CompletableFuture.completedFuture(Responses.json(202, Operations.View.dryRun(kind, entries.size())));
        }
        Operation operation = operations.begin(kind, entries.size());
        // Oldest first: labels come in the order in which they were asked for.
        CompletionStage<Done> all = Source.range(1, entries.size())
                .map(place -> entries.get(entries.size() - place))
                .mapAsync(AT_ONCE, entry -> one(operation, entry, work))
                .run(access.system())
                .handleAsync(
                        (done, failure) -> {
                            operation.ended();
                            return Done.getInstance();
                        },
                        access.executor());
        return all.toCompletableFuture()
                .completeOnTimeout(Done.getInstance(), ANSWER_AFTER_MILLIS, TimeUnit.MILLISECONDS)
                .thenApplyAsync(
                        done -> {
                            var view = operation.view();
                            return Responses.json(202, view)
                                    .addHeader(RawHeader.create("Location", "/v1/operations/" + view.id()))
                                    .addAttribute(Gate.DETAIL, detail(filter, entries));
                        },
                        access.executor());
    }

    private static String detail(FailureFilter filter, List<Entry> entries) {
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

    private CompletionStage<Done> one(Operation operation, Entry entry, Function<Entry, CompletionStage<Reply>> work) {
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
                    String why = failure == null ? reply.fold(done -> "", Reply.Refused::detail) : failure.getMessage();
                    if (why == null || !why.isEmpty()) {
                        operation.refused(name + why);
                    } else {
                        operation.done();
                    }
                    return Done.getInstance();
                },
                access.executor());
    }

    private static boolean isDryRun(JsonNode json) {
        JsonNode value = json.path("dryRun");
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new ProblemException(ProblemType.INVALID_FIELD, "'dryRun' is true or false.", "dryRun");
        }
        return value.asBoolean();
    }
}
