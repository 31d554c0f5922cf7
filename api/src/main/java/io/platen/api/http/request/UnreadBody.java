package io.platen.api.http.request;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.stream.javadsl.Sink;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Handles the body of a refused request. A client that is still sending does not read the answer. */
public final class UnreadBody {
    private static final long READ_MOST = 64L * 1024 * 1024;
    private static final Duration READ_FOR = Duration.ofSeconds(5);
    private static final Duration LONGEST_SILENCE = Duration.ofMillis(300);

    private UnreadBody() {}

    /** Reads a small body before it answers. The connection of a client that sends a large one is closed after the answer. */
    public static CompletionStage<HttpResponse> answer(
            ActorSystem<?> system, HttpRequest request, HttpEntity body, HttpResponse response) {
        // A client that sent Expect waits for the answer before it sends its body.
        boolean waits = request.getHeader("Expect").isPresent();
        if (waits || body.isKnownEmpty() || body.getContentLengthOption().orElse(0) > READ_MOST) {
            return CompletableFuture.completedFuture(response);
        }
        return body.withoutSizeLimit()
                .getDataBytes()
                .takeWithin(READ_FOR)
                .idleTimeout(LONGEST_SILENCE)
                .limitWeighted(READ_MOST, chunk -> (long) chunk.size())
                .runWith(Sink.ignore(), system)
                .handleAsync((done, broken) -> response, system.executionContext());
    }
}
