package io.platen.api.http.jobs;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.japi.pf.PFBuilder;
import akka.stream.javadsl.Framing;
import akka.stream.javadsl.FramingTruncation;
import akka.stream.javadsl.Sink;
import akka.util.ByteString;
import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.problem.ProblemView;
import io.platen.api.http.problem.Problems;
import io.platen.api.http.problem.Responses;
import io.platen.api.http.request.RequestExecutor;
import io.platen.api.http.request.UnreadBody;
import io.platen.api.wire.JobView;
import io.platen.api.wire.Json;
import io.platen.spooler.StatusBoard;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/jobs}: many jobs in one request, as newline-delimited JSON with the print data in Base64. The response has a
 * line for each line, in the same order. Jobs for one printer are accepted in that order, too.
 */
public final class BulkSubmission extends AllDirectives {
    /** In bytes. A larger document should be sent in a request of its own, without Base64. */
    private static final int LONGEST_LINE = 1024 * 1024;

    private static final int MOST_LINES = 10_000;
    private static final int STORED_AT_ONCE = 32;
    private static final int ASKED_AT_ONCE = 256;
    private static final ByteString NEWLINE = ByteString.fromString("\n");

    private final ActorSystem<?> system;
    private final SubmissionServices services;
    private final JobAnswers answers;
    private final Executor executor;

    public BulkSubmission(ActorSystem<?> system, StatusBoard board, SubmissionServices services) {
        this.system = system;
        this.services = services;
        this.answers = new JobAnswers(board);
        this.executor = RequestExecutor.of(system);
    }

    public Route routes() {
        return pathEndOrSingleSlash(() -> post(() -> withSizeLimit(
                services.uploads().maxBytes(),
                () -> extractRequest(
                        request -> extractRequestEntity(body -> completeWithFuture(submit(request, body)))))));
    }

    private CompletionStage<HttpResponse> submit(HttpRequest request, HttpEntity body) {
        String type = body.getContentType().mediaType().toString();
        if (!type.equals("application/x-ndjson") && !type.equals("application/jsonl")) {
            return UnreadBody.answer(
                    system,
                    request,
                    body,
                    Responses.problem(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "Send one JSON object per line as application/x-ndjson.",
                            "Content-Type"));
        }
        return body.getDataBytes()
                .via(services.uploads().leastRate())
                .via(Framing.delimiter(NEWLINE, LONGEST_LINE, FramingTruncation.ALLOW))
                .filter(line -> !line.decodeString(StandardCharsets.UTF_8).isBlank())
                .limit(MOST_LINES)
                .map(text -> new Given(text, null))
                // Earlier lines are accepted and must be answered, so a broken body ends as one more line.
                .recover(new PFBuilder<Throwable, Given>()
                        .matchAny(broken -> new Given(ByteString.emptyByteString(), broken))
                        .build())
                .zipWithIndex()
                .mapAsync(STORED_AT_ONCE, numbered -> stored(request, numbered.first(), numbered.second() + 1))
                // The queues are asked in the order of the lines, so that each printer's jobs keep their order.
                .mapAsync(
                        ASKED_AT_ONCE,
                        line -> line.enqueue()
                                .get()
                                .thenApplyAsync(accepted -> answer(line.number(), accepted), executor)
                                .exceptionallyAsync(failure -> refused(line.number(), failure), executor))
                .runWith(Sink.seq(), system)
                .thenApplyAsync(BulkSubmission::response, executor);
    }

    /** A line as received, or the failure that ended the body. */
    private record Given(ByteString text, @Nullable Throwable broken) {}

    /**
     * A line whose print data is stored, or that was refused.
     *
     * @param enqueue asks the queue; fails for a line that was refused
     */
    private record StoredLine(long number, Supplier<CompletionStage<Accepted>> enqueue) {}

    /** Never fails: a failure concerns this line only, and the lines before it are accepted. */
    private CompletionStage<StoredLine> stored(HttpRequest request, Given given, long number) {
        if (given.broken() != null) {
            return CompletableFuture.completedFuture(refusedLine(number, given.broken()));
        }
        try {
            var line = services.reader().line(request, given.text());
            var submission = services.submission();
            return services.room()
                    .with(line.content().size(), () -> submission.store(line.request(), line.content()))
                    .handleAsync(
                            (stored, failure) -> failure == null
                                    ? new StoredLine(number, () -> submission.enqueue(stored))
                                    : refusedLine(number, failure),
                            executor);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(refusedLine(number, e));
        }
    }

    private static StoredLine refusedLine(long number, Throwable why) {
        return new StoredLine(number, () -> CompletableFuture.failedFuture(why));
    }

    private record LineAnswer(
            long line,
            int status,
            @Nullable String location,
            @Nullable JobView job,
            @Nullable ProblemView problem) {}

    private record Answered(boolean isNewJob, ByteString text) {
        static Answered of(LineAnswer answer) {
            return new Answered(
                    answer.status() == 201,
                    ByteString.fromArrayUnsafe(Json.bytes(answer)).concat(NEWLINE));
        }
    }

    private Answered answer(long line, Accepted accepted) {
        JobView job = answers.view(accepted.ref().printer(), accepted.job());
        return Answered.of(
                accepted.fresh()
                        ? new LineAnswer(line, 201, JobAnswers.location(accepted.ref()), job, null)
                        : new LineAnswer(line, 200, null, job, null));
    }

    private static Answered refused(long line, Throwable failure) {
        ProblemException problem = Problems.of(failure);
        return Answered.of(new LineAnswer(line, problem.type().status(), null, null, problem.view()));
    }

    private static HttpResponse response(List<Answered> answers) {
        ByteString all = answers.stream().map(Answered::text).reduce(ByteString.emptyByteString(), ByteString::concat);
        long accepted = answers.stream().filter(Answered::isNewJob).count();
        return HttpResponse.create()
                .withEntity(Responses.NDJSON, all)
                .addAttribute(Responses.JOURNALED, true)
                .addAttribute(Responses.DETAIL, "%,d of %,d jobs accepted".formatted(accepted, answers.size()));
    }
}
