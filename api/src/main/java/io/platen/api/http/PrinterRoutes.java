package io.platen.api.http;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.wire.InvalidFieldException;
import io.platen.api.wire.Json;
import io.platen.api.wire.PrinterView;
import io.platen.api.wire.ProfileReader;
import io.platen.persistence.StoreFullException;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code /v1/printers}: make, look at, pause and remove printers. */
final class PrinterRoutes extends AllDirectives {
    private static final long MOST_PROFILE_BYTES = 64 * 1024;
    private static final long READ_MILLIS = 10_000;

    /** The wire form of the list. */
    record PrinterList(List<PrinterView> printers) {}

    private final Access access;

    PrinterRoutes(Access access) {
        this.access = access;
    }

    Route routes() {
        return concat(
                pathEnd(() -> get(this::list)),
                path(
                        segment(),
                        id -> concat(
                                get(() -> complete(view(access.printer(id).id(), 200))),
                                put(() -> withSizeLimit(
                                        MOST_PROFILE_BYTES,
                                        () -> extractRequestEntity(body -> completeWithFuture(configure(id, body))))),
                                delete(() -> extractRequest(request -> completeWithFuture(remove(id, request)))))),
                path(segment().slash("pause"), id -> post(() -> completeWithFuture(change(id, new Request.Pause())))),
                path(
                        segment().slash("resume"),
                        id -> post(() -> completeWithFuture(change(id, new Request.Resume())))));
    }

    private Route list() {
        var printers =
                access.spooler().board().all().stream().map(PrinterView::of).toList();
        return complete(Responses.json(200, new PrinterList(printers)));
    }

    private CompletionStage<HttpResponse> configure(String id, HttpEntity body) {
        PrinterId printer = access.printerId(id);
        return body.toStrict(READ_MILLIS, access.system())
                .thenComposeAsync(
                        strict -> {
                            requireRoom();
                            PrinterProfile profile =
                                    profile(printer, strict.getData().decodeString(StandardCharsets.UTF_8));
                            return access.ask(
                                    printer,
                                    new Request.Configure(profile),
                                    done -> view(printer, done.fresh() ? 201 : 200));
                        },
                        access.executor());
    }

    private void requireRoom() {
        try {
            access.space().require(0);
        } catch (StoreFullException e) {
            throw new ProblemException(ProblemType.STORE_FULL, e.getMessage() + ".");
        }
    }

    private static PrinterProfile profile(PrinterId printer, String body) {
        try {
            JsonNode json = Json.parse(body);
            if (json.isMissingNode()) {
                throw new ProblemException(ProblemType.BAD_JSON, "The body is empty; a JSON object is expected.");
            }
            return ProfileReader.read(printer, json);
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            throw new ProblemException(
                    ProblemType.BAD_JSON,
                    "The body is not JSON: %s%s"
                            .formatted(
                                    e.getOriginalMessage(),
                                    where == null
                                            ? ""
                                            : " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")"));
        } catch (InvalidFieldException e) {
            throw new ProblemException(ProblemType.INVALID_FIELD, String.valueOf(e.getMessage()), e.field());
        }
    }

    private CompletionStage<HttpResponse> remove(String id, HttpRequest request) {
        var remove = new Request.Remove(Access.flag(request, "force"));
        return access.ask(
                access.printer(id).id(), remove, done -> HttpResponse.create().withStatus(204));
    }

    private CompletionStage<HttpResponse> change(String id, Request request) {
        PrinterId printer = access.printer(id).id();
        return access.ask(printer, request, done -> view(printer, 200));
    }

    private HttpResponse view(PrinterId id, int status) {
        var printer = access.printer(id.value());
        return status == 201
                ? Responses.created("/v1/printers/" + id, PrinterView.of(printer))
                : Responses.json(status, PrinterView.of(printer));
    }
}
