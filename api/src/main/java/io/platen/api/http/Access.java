package io.platen.api.http;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.scaladsl.model.IllegalUriException;
import io.platen.api.events.Credentials;
import io.platen.api.events.EventFeed;
import io.platen.api.security.AuditLog;
import io.platen.api.security.AuthenticationException;
import io.platen.api.security.Authenticator;
import io.platen.api.security.Caller;
import io.platen.api.webhook.Webhooks;
import io.platen.api.wire.JobView;
import io.platen.persistence.FreeSpace;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.Spooler;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What every route needs: the spooler, and the checks that come before it. */
record Access(
        ActorSystem<?> system,
        Spooler spooler,
        FreeSpace space,
        HttpSettings settings,
        EventFeed feed,
        AuditLog audit,
        SubmissionRate rate,
        JobWaits waits,
        Webhooks webhooks,
        Authenticator authenticator) {

    /** Longest number of a job: numbers are counted up from 1. */
    private static final int MOST_DIGITS = 9;

    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
    private static final Duration ASK_AGAIN_JWT = Duration.ofSeconds(30);

    Executor executor() {
        return system.executionContext();
    }

    private Executor credentialChecks() {
        return system.dispatchers().lookup(DispatcherSelector.fromConfig("platen.security.credentials-dispatcher"));
    }

    /** For what waits for slow readers: uploads and printers must not wait for them, too. */
    Executor evidence() {
        return system.dispatchers().lookup(DispatcherSelector.fromConfig("platen.http.evidence-dispatcher"));
    }

    PrinterId printerId(String text) {
        try {
            return new PrinterId(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.BAD_PRINTER_ID, e.getMessage() + ".", "printer");
        }
    }

    PrinterStatus printer(String text) {
        PrinterId id = printerId(text);
        return spooler.board()
                .find(id)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NO_SUCH_PRINTER,
                        "There is no printer '" + id + "'. Create it with PUT /v1/printers/" + id + "."));
    }

    PrintJob job(PrinterStatus printer, String number) {
        if (number.isEmpty() || number.length() > MOST_DIGITS || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "'" + number + "' is not a job's number.", "job");
        }
        return printer.queue()
                .jobs()
                .find(Integer.parseInt(number))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NO_SUCH_JOB, "Printer '" + printer.id() + "' has no job " + number + "."));
    }

    /** Refuses when a job's print data is not kept any more. */
    void requireDocument(PrinterStatus printer, PrintJob job) {
        if (!spooler().keepsDocument(printer.profile(), job)) {
            throw new ProblemException(
                    ProblemType.DOCUMENT_PURGED, "The print data of job " + job.number() + " is not kept any more.");
        }
    }

    /** Asks the printer's queue, and answers with what it said or with the refusal. */
    CompletionStage<HttpResponse> ask(
            HttpRequest asked, PrinterId printer, Request request, Function<Reply.Done, HttpResponse> done) {
        return spooler.ask(printer, request.by(caller(asked).key()))
                .thenApplyAsync(reply -> reply.fold(done, Responses::refused), executor());
    }

    /** A job as it is after a request: the reply's own view of it, with the line as it is now. */
    HttpResponse job(PrinterId printer, int status, @Nullable PrintJob job) {
        PrinterStatus now = spooler.board()
                .find(printer)
                .orElseThrow(() -> new ProblemException(ProblemType.NO_SUCH_PRINTER, "The printer was removed."));
        if (job == null) {
            throw new ProblemException(ProblemType.NO_SUCH_JOB, "The job is not kept any more.");
        }
        var response = Responses.json(status, JobView.of(now, job));
        return status == 201
                ? response.addHeader(RawHeader.create("Location", location(new JobRef(printer, job.number()))))
                : response;
    }

    /** A submission's answer: 201 for a new job, 200 for one that an earlier request has made. */
    HttpResponse submitted(PrinterId printer, Reply.Done done) {
        return done.fresh()
                ? job(printer, 201, done.job())
                : job(printer, 200, done.job()).addHeader(RawHeader.create("Idempotency-Replayed", "true"));
    }

    /** Who asks; the gate has seen to that. */
    static Caller caller(HttpRequest request) {
        return request.getAttribute(Gate.CALLER)
                .orElseThrow(() -> new IllegalStateException("A request came around the gate"));
    }

    /** Whether a request would still be let in. */
    Credentials credentials(HttpRequest request) {
        String authorization =
                request.getHeader("Authorization").map(HttpHeader::value).orElse(null);
        // A token can be revoked, and is quickly looked up. A JWT only expires, and each look costs a signature.
        return new Credentials(
                () -> CompletableFuture.supplyAsync(() -> isWelcome(authorization), credentialChecks()),
                Authenticator.isJwt(authorization) ? ASK_AGAIN_JWT : ASK_AGAIN);
    }

    private boolean isWelcome(@Nullable String authorization) {
        try {
            authenticator.authenticate(authorization, "");
            return true;
        } catch (AuthenticationException e) {
            return false;
        } catch (IOException e) {
            // It could not be checked; the next time it may.
            return true;
        }
    }

    /** Refuses a caller who is limited to other printers, or who is limited and does not say which. */
    static void requirePrinters(HttpRequest request, Collection<String> printers) {
        Caller caller = caller(request);
        if (caller.isLimited() && (printers.isEmpty() || !caller.printers().containsAll(printers))) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "The token is limited to some printers; ask for one of them with ?printer=.",
                    "printer");
        }
    }

    /** The job of a location. */
    static JobRef job(String location) {
        String[] parts = location.split("/", -1);
        return new JobRef(new PrinterId(parts[3]), Integer.parseInt(parts[5]));
    }

    static String location(JobRef job) {
        return "/v1/printers/" + job.printer() + "/jobs/" + job.job();
    }

    static @Nullable String query(HttpRequest request, String name) {
        try {
            return request.getUri().query().get(name).orElse(null);
        } catch (IllegalUriException e) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "The query string is malformed: " + e.getMessage());
        }
    }

    /** A whole number of the query string. */
    static int number(HttpRequest request, String name, int usual, int least, int most) {
        String text = query(request, name);
        if (text == null) {
            return usual;
        }
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "'" + name + "' must be a whole number, not '" + text + "'.", name);
        }
        if (value < least || value > most) {
            throw new ProblemException(
                    ProblemType.INVALID_FIELD,
                    "'%s' must be %d to %d, not %d.".formatted(name, least, most, value),
                    name);
        }
        return (int) value;
    }

    /** One of a fixed set of keywords. */
    static <E> E keyword(String text, E[] known, Function<E, String> keyword, String field) {
        return Arrays.stream(known)
                .filter(constant -> keyword.apply(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.BAD_REQUEST,
                        "'%s' is unknown as a %s. There are %s."
                                .formatted(
                                        text,
                                        field,
                                        Arrays.stream(known).map(keyword).collect(Collectors.joining(", "))),
                        field));
    }

    static boolean flag(HttpRequest request, String name) {
        String text = query(request, name);
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true") || text.isEmpty()) {
            return true;
        }
        throw new ProblemException(
                ProblemType.BAD_REQUEST, "'" + name + "' must be true or false, not '" + text + "'.", name);
    }
}
