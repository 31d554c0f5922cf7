package io.platen.api.http.problem;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.ExceptionHandler;
import akka.http.javadsl.server.MethodRejection;
import akka.http.javadsl.server.Rejection;
import akka.http.javadsl.server.RejectionHandler;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.server.TooManyRangesRejection;
import akka.http.javadsl.server.UnsatisfiableRangeRejection;
import akka.http.scaladsl.model.EntityStreamException;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.stream.StreamLimitReachedException;
import akka.stream.StreamTcpException;
import akka.stream.scaladsl.Framing;
import io.platen.persistence.StoreFullException;
import io.platen.persistence.StoreUnavailableException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every failure of a route into a problem. */
public final class Problems extends AllDirectives {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    public Route routes(Route inner) {
        Route described = handleRejections(rejections(), () -> inner);
        return handleExceptions(exceptions(), () -> described);
    }

    private ExceptionHandler exceptions() {
        return ExceptionHandler.newBuilder()
                .match(Throwable.class, failure -> complete(response(failure)))
                .build();
    }

    public static HttpResponse response(Throwable failure) {
        return of(failure).response();
    }

    /** Describes a failure to the client. A bug is logged with its stack trace, which never leaves the server. */
    public static ProblemException of(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ProblemException problem) {
            return problem;
        }
        if (cause instanceof Framing.FramingException) {
            return new ProblemException(
                    ProblemType.BODY_TOO_LARGE,
                    "The line is longer than this server accepts. Send its job in a request of its own.");
        }
        if (cause instanceof StreamLimitReachedException limit) {
            return new ProblemException(
                    ProblemType.BODY_TOO_LARGE,
                    "The body has more than %,d lines. Send the rest in another request.".formatted(limit.n()));
        }
        if (cause instanceof EntityStreamSizeException) {
            return new ProblemException(ProblemType.BODY_TOO_LARGE, "The body is larger than this server accepts.");
        }
        if (cause instanceof StoreFullException full) {
            return new ProblemException(ProblemType.STORE_FULL, full.getMessage() + ". Make room, then try again.");
        }
        if (cause instanceof StoreUnavailableException unavailable) {
            return new ProblemException(
                    ProblemType.UNAVAILABLE, unavailable.getMessage() + ". Nothing was kept; try again.");
        }
        if (cause instanceof EntityStreamException
                || cause instanceof StreamTcpException
                || cause instanceof TimeoutException) {
            return new ProblemException(
                    ProblemType.UPLOAD_INCOMPLETE, "The body ended before its announced length. Nothing was kept.");
        }
        log.error("A request failed", cause);
        return new ProblemException(
                ProblemType.INTERNAL_ERROR,
                "A bug in Platen made this request fail. The log has the details, at the time of this answer.");
    }

    /** Lists a path's methods: for OPTIONS (RFC 9110, section 9.3.7) as the answer, for other methods in a problem. */
    private static HttpResponse methods(HttpMethod method, String allowed) {
        String all = "OPTIONS, " + allowed + (allowed.contains("GET") ? ", HEAD" : "");
        HttpResponse response = method.equals(HttpMethods.OPTIONS)
                ? HttpResponse.create().withStatus(204)
                : Responses.problem(ProblemType.METHOD_NOT_ALLOWED, "This path allows only " + all + ".");
        return response.addHeader(RawHeader.create("Allow", all));
    }

    private RejectionHandler rejections() {
        return RejectionHandler.newBuilder()
                .handleAll(MethodRejection.class, rejections -> {
                    String allowed = rejections.stream()
                            .map(MethodRejection::supported)
                            .map(HttpMethod::name)
                            .distinct()
                            .sorted()
                            .collect(Collectors.joining(", "));
                    return extractMethod(method -> complete(methods(method, allowed)));
                })
                .handle(
                        UnsatisfiableRangeRejection.class,
                        range -> complete(Responses.problem(
                                        ProblemType.RANGE_NOT_SATISFIABLE,
                                        "The document has %d bytes.".formatted(range.actualEntityLength()))
                                .addHeader(RawHeader.create("Content-Range", "bytes */" + range.actualEntityLength()))))
                .handle(
                        TooManyRangesRejection.class,
                        range -> complete(Responses.problem(
                                ProblemType.RANGE_NOT_SATISFIABLE,
                                "At most %d ranges are allowed in one request.".formatted(range.maxRanges()))))
                .handle(
                        Rejection.class,
                        rejection -> complete(Responses.problem(
                                ProblemType.BAD_REQUEST, "The request cannot be understood: " + rejection + ".")))
                .handleNotFound(complete(Responses.problem(ProblemType.NOT_FOUND, "There is nothing at this path.")))
                .build();
    }
}
