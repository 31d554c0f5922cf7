package io.platen.api.http.printers;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.problem.Responses;
import io.platen.api.http.request.Bodies;
import io.platen.api.http.request.Callers;
import io.platen.api.http.request.Lookup;
import io.platen.api.http.request.Page;
import io.platen.api.http.request.Query;
import io.platen.api.http.request.Queues;
import io.platen.api.http.request.RequestExecutor;
import io.platen.api.http.request.UploadRoom;
import io.platen.api.security.Role;
import io.platen.api.wire.CallbackUrl;
import io.platen.api.wire.InvalidFieldException;
import io.platen.api.wire.PrinterView;
import io.platen.api.wire.ProfileReader;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.Spooler;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.Request;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code /v1/printers}: configure, show, pause and remove printers. */
public final class PrinterRoutes extends AllDirectives {
    record PrinterList(List<PrinterView> printers, @Nullable String next) {}

    private final ActorSystem<?> system;
    private final UploadRoom room;
    private final Lookup lookup;
    private final Queues queues;

    public PrinterRoutes(ActorSystem<?> system, Spooler spooler, UploadRoom room) {
        this.system = system;
        this.room = room;
        this.lookup = new Lookup(spooler.board());
        this.queues = new Queues(spooler, RequestExecutor.of(system));
    }

    public Route routes() {
        return concat(
                pathEndOrSingleSlash(() -> get(() -> extractRequest(request -> complete(list(request))))),
                path(
                        segment(),
                        id -> concat(
                                get(() -> extractRequest(request -> complete(
                                        view(request, lookup.printer(id).id(), 200)))),
                                put(() -> withSizeLimit(
                                        Bodies.MOST_JSON,
                                        () -> extractRequest(request -> extractRequestEntity(
                                                body -> completeWithFuture(configure(id, request, body)))))),
                                delete(() -> extractRequest(request -> completeWithFuture(remove(id, request)))))),
                path(
                        segment().slash("pause"),
                        id -> post(() -> extractRequest(
                                request -> completeWithFuture(change(request, id, new Request.Pause()))))),
                path(
                        segment().slash("resume"),
                        id -> post(() -> extractRequest(
                                request -> completeWithFuture(change(request, id, new Request.Resume()))))));
    }

    private static boolean isAdmin(HttpRequest request) {
        return Callers.of(request).role() == Role.ADMIN;
    }

    /** Lists the printers that the caller may use. */
    private HttpResponse list(HttpRequest request) {
        var page = Page.of(
                request,
                lookup.board().all().stream()
                        .filter(printer ->
                                Callers.of(request).mayUse(printer.id().value())),
                printer -> printer.id().value());
        var views = page.entries().stream()
                .map(printer -> PrinterView.of(printer, isAdmin(request)))
                .toList();
        return Responses.json(200, new PrinterList(views, page.next()));
    }

    private CompletionStage<HttpResponse> configure(String id, HttpRequest request, HttpEntity body) {
        PrinterId printer = Lookup.id(id);
        var condition = condition(request, printer);
        return Bodies.json(system, body)
                .thenComposeAsync(
                        json -> room.with(
                                0,
                                () -> queues.ask(
                                        request,
                                        printer,
                                        new Request.Configure(profile(printer, json), condition),
                                        done -> view(request, printer, done.fresh() ? 201 : 200)
                                                .addAttribute(Responses.DETAIL, CallbackUrl.shownIn(json)))),
                        system.executionContext());
    }

    /** The condition of If-Match or If-None-Match (RFC 9110, section 13.1), which the queue checks again before the change. */
    private Request.Configure.@Nullable Condition condition(HttpRequest request, PrinterId id) {
        PrinterProfile now = lookup.board().find(id).map(PrinterStatus::profile).orElse(null);
        String ifMatch = Query.header(request, "If-Match");
        String ifNoneMatch = Query.header(request, "If-None-Match");
        if (ifMatch == null && ifNoneMatch == null) {
            return null;
        }
        boolean holds = ifMatch != null
                ? now != null && EntityTag.matches(ifMatch, now)
                : now == null || !EntityTag.matches(String.valueOf(ifNoneMatch), now);
        if (!holds) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED,
                    now == null
                            ? "This printer does not exist yet."
                            : "The printer's configuration has changed. Get it and try again.");
        }
        return new Request.Configure.Condition(now);
    }

    private static PrinterProfile profile(PrinterId printer, JsonNode json) {
        try {
            return ProfileReader.read(printer, json);
        } catch (InvalidFieldException e) {
            throw new ProblemException(ProblemType.INVALID_FIELD, String.valueOf(e.getMessage()), e.field());
        }
    }

    private CompletionStage<HttpResponse> remove(String id, HttpRequest request) {
        var remove = new Request.Remove(Query.flag(request, "force"));
        return queues.ask(
                request,
                lookup.printer(id).id(),
                remove,
                done -> HttpResponse.create().withStatus(204));
    }

    private CompletionStage<HttpResponse> change(HttpRequest asked, String id, Request request) {
        PrinterId printer = lookup.printer(id).id();
        return queues.ask(asked, printer, request, done -> view(asked, printer, 200));
    }

    private HttpResponse view(HttpRequest request, PrinterId id, int status) {
        var printer = lookup.printer(id);
        var view = PrinterView.of(printer, isAdmin(request));
        var response = status == 201 ? Responses.created("/v1/printers/" + id, view) : Responses.json(status, view);
        return response.addHeader(RawHeader.create("ETag", EntityTag.of(printer.profile())));
    }
}
