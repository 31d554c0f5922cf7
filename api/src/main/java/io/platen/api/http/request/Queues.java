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
 * Asks printers' queues in the name of the caller.
 *
 * @param executor renders the answers
 */
public record Queues(Spooler spooler, Executor executor) {

    /** The response to what the queue has done; fails with the problem when the queue refuses. */
    public CompletionStage<HttpResponse> ask(
            HttpRequest asked, PrinterId printer, Request request, Function<Reply.Done, HttpResponse> done) {
        return spooler.ask(printer, request.by(Callers.of(asked).key()))
                .thenApplyAsync(reply -> done.apply(done(reply)), executor);
    }

    /** What a queue has done, unless it has refused. */
    public static Reply.Done done(Reply reply) {
        return reply.fold(Function.identity(), refused -> {
            throw ProblemException.of(refused);
        });
    }
}
