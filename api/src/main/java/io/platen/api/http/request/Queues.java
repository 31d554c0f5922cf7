package io.platen.api.http.request;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import io.platen.api.http.problem.ProblemException;
import io.platen.spooler.Spooler;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Asks printers' queues in the caller's name.
 *
 * @param executor builds the responses
 */
public record Queues(Spooler spooler, Executor executor) {

    /** Builds a response from the queue's reply; fails with a problem if the queue refuses. */
    public CompletionStage<HttpResponse> ask(
            HttpRequest asked, PrinterId printer, Request request, Function<Reply.Done, HttpResponse> done) {
        return spooler.ask(printer, request.by(Callers.of(asked).key()))
                .thenApplyAsync(reply -> done.apply(done(reply)), executor);
    }

    /** Fails with a problem if the queue has refused. */
    public static Reply.Done done(Reply reply) {
        return reply.fold(Function.identity(), refused -> {
            throw ProblemException.of(refused);
        });
    }
}
