package io.platen.api.http.jobs;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.stream.javadsl.Sink;
import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.problem.Responses;
import io.platen.api.http.problem.SecurityHeaders;
import io.platen.api.http.request.Callers;
import io.platen.api.http.request.Cursor;
import io.platen.api.http.request.Lookup;
import io.platen.api.http.request.OnDisk;
import io.platen.api.http.request.Query;
import io.platen.api.http.request.Queues;
import io.platen.api.http.request.RequestExecutor;
import io.platen.api.security.Caller;
import io.platen.api.wire.History;
import io.platen.api.wire.JobView;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.Spooler;
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
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** {@code /v1/printers/{printer}/jobs}: show and change jobs. */
public final class JobRoutes extends AllDirectives {
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1000;

    record JobList(List<JobView> jobs, @Nullable String next) {}

    private final ActorSystem<?> system;
    private final Spooler spooler;
    private final Lookup lookup;
    private final Queues queues;
    private final JobAnswers answers;
    private final KeptDocuments documents;

    public JobRoutes(ActorSystem<?> system, Spooler spooler, OnDisk disk) {
        this.system = system;
        this.spooler = spooler;
        this.lookup = new Lookup(spooler.board());
        this.queues = new Queues(spooler, RequestExecutor.of(system));
        this.answers = new JobAnswers(spooler.board());
        this.documents = new KeptDocuments(spooler, disk);
    }

    public Route routes() {
        return pathPrefix(
                segment().slash("jobs"),
                printer -> concat(
                        pathEndOrSingleSlash(() ->
                                get(() -> extractRequest(request -> complete(list(printer, request))))),
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
                path("document", () -> get(() -> withRangeSupport(() -> completeWithFuture(document(printer, job))))),
                action("hold", request -> change(request, printer, job, Request.Hold::new)),
                action("release", request -> change(request, printer, job, Request.Release::new)),
                action("retry", request -> retry(printer, job, request)),
                action("move", request -> move(printer, job, request)));
    }

    private Route action(String name, Function<HttpRequest, CompletionStage<HttpResponse>> work) {
        return path(name, () -> post(() -> extractRequest(request -> completeWithFuture(work.apply(request)))));
    }

    private HttpResponse list(String id, HttpRequest request) {
        PrinterStatus printer = lookup.printer(id);
        Set<JobState> states = states(Query.text(request, "state"));
        int limit = Query.number(request, "limit", USUAL_PAGE, 1, LARGEST_PAGE);
        int before = Cursor.before(Query.text(request, "after"));
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
            states.add(Query.keyword(name.strip(), JobState.values(), JobState::keyword, "state"));
        }
        return states;
    }

    private HttpResponse show(String id, String number) {
        PrinterStatus printer = lookup.printer(id);
        return Responses.json(200, JobView.whole(printer, Lookup.job(printer, number)));
    }

    private CompletionStage<HttpResponse> change(
            HttpRequest asked, String id, String number, IntFunction<Request> request) {
        PrinterStatus printer = lookup.printer(id);
        int job = Lookup.job(printer, number).number();
        return queues.ask(
                asked, printer.id(), request.apply(job), done -> answers.changed(Accepted.of(printer.id(), done)));
    }

    private CompletionStage<HttpResponse> history(String id, String number, HttpRequest request) {
        PrinterStatus printer = lookup.printer(id);
        int limit = Query.number(request, "limit", LARGEST_PAGE, 1, LARGEST_PAGE);
        int after = Query.number(request, "after", 0, 0, Integer.MAX_VALUE);
        return spooler.history(printer.id(), Lookup.job(printer, number))
                .filter(recorded -> recorded.sequence() > after)
                .take(limit + 1L)
                .runWith(Sink.seq(), system)
                .thenApplyAsync(
                        recorded -> Responses.json(200, History.of(recorded, limit)), system.executionContext());
    }

    private CompletionStage<HttpResponse> document(String id, String number) {
        PrinterStatus printer = lookup.printer(id);
        PrintJob job = Lookup.job(printer, number);
        var document = job.ticket().document();
        var type = job.ticket().contentType() == null
                ? ContentTypes.APPLICATION_OCTET_STREAM
                : ContentTypes.parse(job.ticket().contentType());
        return documents
                .require(printer, job)
                .thenApplyAsync(
                        kept -> SecurityHeaders.asFile(
                                HttpResponse.create()
                                        .withEntity(HttpEntities.create(
                                                type,
                                                document.size(),
                                                spooler.documents().read(document))),
                                printer.id() + "-" + job.number()),
                        system.executionContext());
    }

    private CompletionStage<HttpResponse> retry(String id, String number, HttpRequest request) {
        PrinterStatus printer = lookup.printer(id);
        PrintJob job = Lookup.job(printer, number);
        if (!job.state().isFinished()) {
            throw new ProblemException(
                    ProblemType.WRONG_STATE,
                    "Job %d is %s; only a finished job can be printed again. Release or cancel it."
                            .formatted(job.number(), job.state().keyword()));
        }
        var of = new JobRef(printer.id(), job.number());
        Caller caller = Callers.of(request);
        String key = SubmissionReader.key(request);
        return documents
                .require(printer, job)
                .thenComposeAsync(
                        kept -> spooler.transfers()
                                .by(caller.key())
                                .submitAgain(of, job, printer.id(), key, caller.keyOwner()),
                        system.executionContext())
                .thenApplyAsync(
                        reply -> answers.submitted(Accepted.of(printer.id(), Queues.done(reply))),
                        system.executionContext());
    }

    private CompletionStage<HttpResponse> move(String id, String number, HttpRequest request) {
        PrinterStatus printer = lookup.printer(id);
        PrintJob job = Lookup.job(printer, number);
        String target = Query.text(request, "to");
        if (target == null) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "Name the target printer: ?to=PRINTER.", "to");
        }
        PrinterId to = lookup.printer(target).id();
        if (to.equals(printer.id())) {
            throw new ProblemException(
                    ProblemType.INVALID_FIELD, "The job is already at this printer. Name another one.", "to");
        }
        String who = Callers.of(request).key();
        return documents
                .require(printer, job)
                .thenComposeAsync(
                        kept -> spooler.transfers().by(who).move(new JobRef(printer.id(), job.number()), to),
                        system.executionContext())
                .thenApplyAsync(
                        reply -> {
                            var moved = Accepted.of(to, Queues.done(reply));
                            return answers.created(moved.ref(), moved.job());
                        },
                        system.executionContext());
    }
}
