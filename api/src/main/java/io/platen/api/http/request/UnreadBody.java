package io.platen.api.http.request;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.stream.javadsl.Sink;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Handles a body that nobody wants. A client that still sends does not read, so the body is read first where it is small. */
public final class UnreadBody {
    private static final long READ_MOST = 64L * 1024 * 1024;
    private static final Duration READ_FOR = Duration.ofSeconds(5);
    private static final Duration NOTHING_MORE_COMES = Duration.ofMillis(300);

    private UnreadBody() {}

    /** Answers once a small body is read; the sender of a large one is cut off. */
    public static CompletionStage<HttpResponse> answer(
            ActorSystem<?> system, HttpRequest request, HttpEntity body, HttpResponse response) {
        boolean waits = request.getHeader("Expect").isPresent();
        if (waits || body.isKnownEmpty() || body.getContentLengthOption().orElse(0) > READ_MOST) {
            return CompletableFuture.completedFuture(response);
        }
        return body.withoutSizeLimit()
                .getDataBytes()
                .takeWithin(READ_FOR)
                .idleTimeout(NOTHING_MORE_COMES)
                .limitWeighted(READ_MOST, chunk -> (long) chunk.size())
                .runWith(Sink.ignore(), system)
                .handleAsync((done, broken) -> response, system.executionContext());
    }
}
