package io.platen.api.http.jobs;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.Responses;
import io.platen.api.http.request.Query;
import io.platen.api.http.request.RequestExecutor;
import io.platen.api.http.request.UnreadBody;
import io.platen.spooler.StatusBoard;
import io.platen.spooler.job.JobRef;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/printers/{printer}/jobs}: one job, with the document as the body. */
public final class SubmissionRoutes extends AllDirectives {
    /** Shorter than Akka HTTP's request timeout, so that the answer arrives in time. */
    private static final int LONGEST_WAIT_SECONDS = 20;

    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,6})");

    private final ActorSystem<?> system;
    private final StatusBoard board;
    private final SubmissionServices services;
    private final JobAnswers answers;
    private final JobWaits waits;
    private final Executor executor;

    public SubmissionRoutes(ActorSystem<?> system, StatusBoard board, SubmissionServices services) {
        this.system = system;
        this.board = board;
        this.services = services;
        this.answers = new JobAnswers(board);
        this.waits = JobWaits.on(board);
        this.executor = RequestExecutor.of(system);
    }

    public Route routes() {
        return pathPrefix(
                segment().slash("jobs"),
                printer -> pathEndOrSingleSlash(() -> post(() -> withSizeLimit(
                        services.uploads().maxBytes(),
                        () -> extractRequest(request ->
                                extractRequestEntity(body -> completeWithFuture(submit(printer, request, body))))))));
    }

    private CompletionStage<HttpResponse> submit(String printer, HttpRequest request, HttpEntity body) {
        SubmissionRequest wanted;
        try {
            wanted = services.reader().request(printer, request, body);
        } catch (ProblemException refused) {
            return UnreadBody.answer(system, request, body, refused.response());
        }
        return services.room()
                .with(
                        wanted.length().orElse(0),
                        () -> accepted(wanted, request, body),
                        full -> UnreadBody.answer(system, request, body, full.response()));
    }

    private CompletionStage<HttpResponse> accepted(SubmissionRequest wanted, HttpRequest request, HttpEntity body) {
        Duration wait = wait(request);
        return services.submission()
                .submit(wanted, body)
                .thenComposeAsync(
                        accepted -> accepted.fresh() ? journaled(accepted, wait) : done(answers.submitted(accepted)),
                        executor);
    }

    private CompletionStage<HttpResponse> journaled(Accepted accepted, @Nullable Duration wait) {
        CompletionStage<HttpResponse> answer =
                wait == null ? done(answers.submitted(accepted)) : afterEnd(accepted, wait);
        return answer.thenApplyAsync(response -> response.addAttribute(Responses.JOURNALED, true), Runnable::run);
    }

    private static CompletionStage<HttpResponse> done(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }

    /** How long the client waits for the end of the job ({@code Prefer: wait}), or null. */
    private static @Nullable Duration wait(HttpRequest request) {
        String prefer = Query.header(request, "Prefer");
        Matcher matcher = WAIT.matcher(prefer == null ? "" : prefer);
        return matcher.find()
                ? Duration.ofSeconds(Math.min(LONGEST_WAIT_SECONDS, Integer.parseInt(matcher.group(1))))
                : null;
    }

    /** Waits until the job ends or the time is up, and answers with the job's state at that moment. */
    private CompletionStage<HttpResponse> afterEnd(Accepted accepted, Duration wait) {
        JobRef ref = accepted.ref();
        return waits.ended(ref, wait)
                .thenApplyAsync(
                        done -> board.find(ref.printer())
                                .flatMap(printer -> printer.queue().jobs().find(ref.job()))
                                .map(job -> answers.created(ref, job)
                                        .addHeader(RawHeader.create("Preference-Applied", "wait=" + wait.toSeconds())))
                                // The job was removed while the client waited: answer with its state on acceptance.
                                .orElseGet(() -> answers.submitted(accepted)),
                        executor);
    }
}
