package io.platen.api.http;

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
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platen.api.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/jobs}: many jobs in one request, newline-delimited JSON with the print data in Base64. Each line is
 * answered on its own, in the order of the lines; jobs of one printer are accepted in that order.
 */
final class BulkSubmission extends AllDirectives {
    /** Larger print data is better sent by itself, as it is. */
    private static final int LONGEST_LINE = 1024 * 1024;

    private static final int MOST_LINES = 10_000;
    private static final int STORED_AT_ONCE = 32;
    private static final int ASKED_AT_ONCE = 256;

    private final Access access;
    private final Submission submission;

    BulkSubmission(Access access, Submission submission) {
        this.access = access;
        this.submission = submission;
    }

    Route routes() {
        return pathEndOrSingleSlash(() -> post(() -> withSizeLimit(
                access.settings().maxJobBytes(),
                () -> extractRequest(
                        request -> extractRequestEntity(body -> completeWithFuture(submit(request, body)))))));
    }

    private CompletionStage<HttpResponse> submit(HttpRequest request, HttpEntity body) {
        String type = body.getContentType().mediaType().toString();
        if (!type.equals("application/x-ndjson") && !type.equals("application/jsonl")) {
            return UnreadBody.answer(
                    access.system(),
                    request,
                    body,
                    Responses.problem(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "Send one JSON object per line as application/x-ndjson.",
                            "Content-Type"));
        }
        return body.getDataBytes()
                .via(submission.leastRate())
                .via(Framing.delimiter(ByteString.fromString("\n"), LONGEST_LINE, FramingTruncation.ALLOW))
                .filter(line -> !line.decodeString(StandardCharsets.UTF_8).isBlank())
                .limit(MOST_LINES)
                .map(text -> new Given(text, null))
                // The lines before are accepted, and must be answered: what breaks off is a last line of its own.
                .recover(new PFBuilder<Throwable, Given>()
                        .matchAny(broken -> new Given(ByteString.emptyByteString(), broken))
                        .build())
                .zipWithIndex()
                .mapAsync(STORED_AT_ONCE, numbered -> stored(request, numbered.first(), numbered.second() + 1))
                // Asked in the order of the lines, so that each printer gets its own in order.
                .mapAsync(
                        ASKED_AT_ONCE,
                        line -> line.stored()
                                .next()
                                .get()
                                .thenApplyAsync(response -> answer(line.number(), response), access.executor()))
                .runWith(Sink.seq(), access.system())
                .thenApplyAsync(BulkSubmission::response, access.executor());
    }

    /** A line as it came, or why there are no more. */
    private record Given(ByteString text, @Nullable Throwable broken) {}

    private CompletionStage<Line> stored(HttpRequest request, Given given, long number) {
        return given.broken() == null
                ? submission
                        .storeLine(request, given.text())
                        .thenApplyAsync(stored -> new Line(number, stored), access.executor())
                : CompletableFuture.completedFuture(
                        new Line(number, Submission.Stored.refused(Problems.response(given.broken()))));
    }

    /** A line whose print data is stored, or that was refused. */
    private record Line(long number, Submission.Stored stored) {}

    private static ByteString answer(long line, HttpResponse response) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        int status = response.status().intValue();
        answer.put("line", line);
        answer.put("status", status);
        response.getHeader("Location").ifPresent(location -> answer.put("location", location.value()));
        answer.set(status < 300 ? "job" : "problem", json(response));
        return ByteString.fromString(answer + "\n", StandardCharsets.UTF_8);
    }

    private static JsonNode json(HttpResponse response) {
        try {
            return response.entity() instanceof HttpEntity.Strict strict
                    ? Json.parse(strict.getData().decodeString(StandardCharsets.UTF_8))
                    : JsonNodeFactory.instance.objectNode();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Our own JSON can be read", e);
        }
    }

    private static HttpResponse response(List<ByteString> lines) {
        ByteString all = lines.stream().reduce(ByteString.emptyByteString(), ByteString::concat);
        long accepted = lines.stream()
                .filter(line -> line.utf8String().contains("\"status\":201"))
                .count();
        return HttpResponse.create()
                .withEntity(Responses.NDJSON, all)
                .addAttribute(Gate.DETAIL, "%,d of %,d jobs accepted".formatted(accepted, lines.size()));
    }
}
