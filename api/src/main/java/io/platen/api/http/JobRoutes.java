package io.platen.api.http;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.stream.javadsl.Sink;
import io.platen.api.wire.History;
import io.platen.api.wire.JobView;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.JobState;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.Request;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** {@code /v1/printers/{printer}/jobs}: submit, look at, and steer jobs. */
final class JobRoutes extends AllDirectives {
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1000;

    /** The wire form of a list. */
    record JobList(List<JobView> jobs, @Nullable String next) {}

    private final Access access;
    private final Submission submission;

    JobRoutes(Access access, Submission submission) {
        this.access = access;
        this.submission = submission;
    }

    Route routes() {
        return pathPrefix(
                segment().slash("jobs"),
                printer -> concat(
                        pathEndOrSingleSlash(() -> concat(
                                post(() -> withSizeLimit(
                                        access.settings().maxJobBytes(),
                                        () -> extractRequest(request -> extractRequestEntity(body ->
                                                completeWithFuture(submission.submit(printer, request, body)))))),
                                get(() -> extractRequest(request -> complete(list(printer, request)))))),
                        pathPrefix(segment(), job -> oneJob(printer, job))));
    }

    private Route oneJob(String printer, String job) {
        return concat(
                pathEnd(() -> concat(
                        get(() -> complete(show(printer, job))),
                        delete(() -> extractRequest(
                                request -> completeWithFuture(change(request, printer, job, Request.Cancel::new)))))),
                path(
                        "events",
                        () -> get(() -> extractRequest(request -> completeWithFuture(history(printer, job, request))))),
                path("document", () -> get(() -> withRangeSupport(() -> complete(document(printer, job))))),
                path(
                        "hold",
                        () -> post(() -> extractRequest(
                                request -> completeWithFuture(change(request, printer, job, Request.Hold::new))))),
                path(
                        "release",
                        () -> post(() -> extractRequest(
                                request -> completeWithFuture(change(request, printer, job, Request.Release::new))))),
                path(
                        "retry",
                        () -> post(() -> extractRequest(request -> completeWithFuture(retry(printer, job, request))))),
                path(
                        "move",
                        () -> post(() -> extractRequest(request -> completeWithFuture(move(printer, job, request))))));
    }

    private HttpResponse list(String id, HttpRequest request) {
        PrinterStatus printer = access.printer(id);
        Set<JobState> states = states(Access.query(request, "state"));
        int limit = Access.number(request, "limit", USUAL_PAGE, 1, LARGEST_PAGE);
        int before = Cursor.before(Access.query(request, "after"));
        var jobs = new ArrayList<JobView>();
        int last = 0;
        var found = printer.queue().jobs().newestFirst(before, states);
        for (PrintJob job : (Iterable<PrintJob>) found::iterator) {
            if (jobs.size() == limit) {
                return Responses.json(200, new JobList(jobs, Cursor.after(last)));
            }
            jobs.add(JobView.of(printer, job));
            last = job.number();
        }
        return Responses.json(200, new JobList(jobs, null));
    }

    private static Set<JobState> states(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return EnumSet.allOf(JobState.class);
        }
        var states = EnumSet.noneOf(JobState.class);
        for (String name : text.split(",", -1)) {
            states.add(Access.keyword(name.strip(), JobState.values(), JobState::keyword, "state"));
        }
        return states;
    }

    private HttpResponse show(String id, String number) {
        PrinterStatus printer = access.printer(id);
        return Responses.json(200, JobView.whole(printer, access.job(printer, number)));
    }

    private CompletionStage<HttpResponse> change(
            HttpRequest asked, String id, String number, IntFunction<Request> request) {
        PrinterStatus printer = access.printer(id);
        int job = access.job(printer, number).number();
        return access.ask(asked, printer.id(), request.apply(job), done -> access.job(printer.id(), 200, done.job()));
    }

    private CompletionStage<HttpResponse> history(String id, String number, HttpRequest request) {
        PrinterStatus printer = access.printer(id);
        int limit = Access.number(request, "limit", LARGEST_PAGE, 1, LARGEST_PAGE);
        int after = Access.number(request, "after", 0, 0, Integer.MAX_VALUE);
        return access.spooler()
                .history(printer.id(), access.job(printer, number))
                .filter(recorded -> recorded.sequence() > after)
                .take(limit + 1L)
                .runWith(Sink.seq(), access.system())
                .thenApplyAsync(recorded -> Responses.json(200, History.of(recorded, limit)), access.executor());
    }

    private HttpResponse document(String id, String number) {
        PrinterStatus printer = access.printer(id);
        PrintJob job = access.job(printer, number);
        access.requireDocument(printer, job);
        var document = job.ticket().document();
        var type = job.ticket().contentType() == null
                ? ContentTypes.APPLICATION_OCTET_STREAM
                : ContentTypes.parse(job.ticket().contentType());
        var response = HttpResponse.create()
                .withEntity(HttpEntities.create(
                        type, document.size(), access.spooler().documents().read(document)));
        return SecurityHeaders.asFile(response, printer.id() + "-" + job.number());
    }

    private CompletionStage<HttpResponse> retry(String id, String number, HttpRequest request) {
        PrinterStatus printer = access.printer(id);
        PrintJob job = access.job(printer, number);
        if (!job.state().isFinished()) {
            throw new ProblemException(
                    ProblemType.WRONG_STATE,
                    "Job %d is %s; only a finished job can be printed again. Release or cancel it."
                            .formatted(job.number(), job.state().keyword()));
        }
        access.requireDocument(printer, job);
        var of = new JobRef(printer.id(), job.number());
        return access.spooler()
                .transfers()
                .by(Access.caller(request).key())
                .submitAgain(
                        of,
                        job,
                        printer.id(),
                        Submission.key(request),
                        Access.caller(request).keyOwner())
                .thenApplyAsync(
                        reply -> reply.fold(done -> access.submitted(printer.id(), done), Responses::refused),
                        access.executor());
    }

    private CompletionStage<HttpResponse> move(String id, String number, HttpRequest request) {
        PrinterStatus printer = access.printer(id);
        PrintJob job = access.job(printer, number);
        String target = Access.query(request, "to");
        if (target == null) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "Say where to: ?to=PRINTER.", "to");
        }
        PrinterId to = access.printer(target).id();
        if (to.equals(printer.id())) {
            throw new ProblemException(ProblemType.INVALID_FIELD, "The job is at this printer already.", "to");
        }
        access.requireDocument(printer, job);
        return access.spooler()
                .transfers()
                .by(Access.caller(request).key())
                .move(new JobRef(printer.id(), job.number()), to)
                .thenApplyAsync(
                        reply -> reply.fold(done -> access.job(to, 201, done.job()), Responses::refused),
                        access.executor());
    }
}
