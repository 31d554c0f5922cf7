package io.platen.api.http.problem;

import io.platen.printer.diagnosis.Keywords;
import io.platen.spooler.job.Refusal;

/** Every problem that the API answers with (RFC 9457). Clients depend on the names, so they never change. */
public enum ProblemType {
    BAD_REQUEST(400, "Bad request", "The request cannot be understood. The detail says which part of it."),
    BAD_JSON(400, "Bad JSON", "The body is not JSON (RFC 8259)."),
    BAD_PRINTER_ID(
            400,
            "Bad printer id",
            "A printer's id is 1 to 63 lower-case letters, digits and dashes, beginning with a letter or digit."),
    UPLOAD_INCOMPLETE(400, "Upload incomplete", "The body ended before the announced length. Nothing was kept."),
    UNAUTHORIZED(401, "Unauthorized", "Send a valid token: Authorization: Bearer TOKEN (RFC 6750)."),
    FORBIDDEN(403, "Forbidden", "The token's role or its list of printers does not allow this request."),
    CROSS_ORIGIN(
            403,
            "Cross-origin request",
            "A web page of another origin asked for a change. Platen accepts changes from its own pages and from programs."),
    NOT_FOUND(404, "Not found", "There is nothing at this path."),
    NO_SUCH_PRINTER(404, "No such printer", "No printer has this id. Create it with PUT /v1/printers/{printer}."),
    NO_SUCH_JOB(
            404,
            "No such job",
            "The printer has no such job, or has forgotten it: only a limited number of finished jobs is kept."),
    NO_SUCH_FAILURE(404, "No such failure", "This job is not in failure storage."),
    NO_SUCH_OPERATION(
            404, "No such operation", "The operation is unknown, or has been forgotten: the latest 100 are kept."),
    METHOD_NOT_ALLOWED(405, "Method not allowed", "The path exists, but not for this method. See the Allow header."),
    HEAD_TOO_SLOW(
            408,
            "Head too slow",
            "The request's head did not arrive in time (platen.http.head-patience). Nothing was done."),
    UPLOAD_TOO_SLOW(
            408,
            "Upload too slow",
            "The body arrived more slowly than the lowest allowed rate (platen.http.upload). Nothing was kept."),
    WRONG_STATE(409, "Wrong state", "The state of the job or printer does not allow this request."),
    JOBS_LEFT(409, "Jobs left", "The printer has unfinished or failed jobs. Send ?force=true to remove it anyway."),
    DOCUMENT_PURGED(410, "Document purged", "The job's print data is no longer kept."),
    LENGTH_REQUIRED(411, "Length required", "Send Content-Length, or Transfer-Encoding: chunked."),
    PRECONDITION_FAILED(
            412,
            "Precondition failed",
            "The printer's configuration is not the one that If-Match or If-None-Match asks for. Get it and try again."),
    BODY_TOO_LARGE(413, "Body too large", "The body is larger than the configured limit (platen.http.max-job-size)."),
    URI_TOO_LONG(414, "URI too long", "The path and query are longer than this server accepts."),
    UNSUPPORTED_ENCODING(415, "Unsupported encoding", "Send the print data as it is, without Content-Encoding."),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type", "This request does not accept a body of this media type."),
    RANGE_NOT_SATISFIABLE(416, "Range not satisfiable", "The document does not have the requested bytes."),
    INVALID_FIELD(422, "Invalid field", "The request is well-formed, but a field's value is refused."),
    DIGEST_MISMATCH(
            422,
            "Digest mismatch",
            "The body's SHA-256 is not the one in Content-Digest (RFC 9530). Nothing was kept."),
    KEY_REUSED(422, "Idempotency key reused", "The idempotency key was used before, with other content."),
    EMPTY_DOCUMENT(422, "Empty document", "The body is empty: there is nothing to print."),
    QUEUE_FULL(429, "Queue full", "The printer has reached its limit of unfinished jobs. Try again later."),
    RATE_LIMITED(
            429,
            "Rate limited",
            "The caller submits faster than its limit (platen.http.submissions). Try again after the seconds in Retry-After."),
    TOO_MANY_PRINTERS(
            429,
            "Too many printers",
            "The limit of printers is reached (platen.spooler.printers-limit). Remove one that is not used."),
    TOO_MANY_CALLBACKS(
            429,
            "Too many callbacks",
            "Too many callback URLs have undelivered events, in total or for this caller (platen.webhooks.urls). Try again later."),
    TOO_MANY_WATCHERS(
            429,
            "Too many watchers",
            "Too many clients watch events, in total or for this caller (platen.http.events). Try again later."),
    HEADERS_TOO_LARGE(431, "Headers too large", "The request has more or longer headers than this server accepts."),
    INTERNAL_ERROR(500, "Internal error", "A bug in Platen. Its log has the details, at the time of this answer."),
    UNAVAILABLE(
            503,
            "Unavailable",
            "The request failed for now. It may have been carried out anyway; check the state before you try again."),
    TOO_MANY_CONNECTIONS(
            503,
            "Too many connections",
            "The limit of connections is reached (platen.http.max-connections). Try again in a moment."),
    EVIDENCE_PENDING(503, "Evidence pending", "The failure's folder is not there yet. Try again in a moment."),
    STARTING(503, "Starting", "Platen is reading its journal. Try again in a moment."),
    DRAINING(503, "Draining", "Platen is shutting down and accepts nothing new. Try again when it has restarted."),
    METHOD_UNKNOWN(501, "Method unknown", "This server does not know the method."),
    VERSION_NOT_SUPPORTED(505, "HTTP version not supported", "Use HTTP/1.1."),
    STORE_FULL(
            507,
            "Store full",
            "The disk of the data directory has no room for new jobs. Jobs already accepted are still printed. Make room, then try again.");

    private final int status;
    private final String title;
    private final String explanation;

    ProblemType(int status, String title, String explanation) {
        this.status = status;
        this.title = title;
        this.explanation = explanation;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The answer to GET {@code /problems/{slug}}. */
    public String explanation() {
        return explanation;
    }

    public String slug() {
        return Keywords.of(this);
    }

    static ProblemType of(Refusal why) {
        return switch (why) {
            case NO_SUCH_PRINTER -> NO_SUCH_PRINTER;
            case NO_SUCH_JOB -> NO_SUCH_JOB;
            case NO_SUCH_FAILURE -> NO_SUCH_FAILURE;
            case WRONG_STATE -> WRONG_STATE;
            case JOBS_LEFT -> JOBS_LEFT;
            case CHANGED -> PRECONDITION_FAILED;
            case KEY_REUSED -> KEY_REUSED;
            case QUEUE_FULL -> QUEUE_FULL;
            case TOO_MANY_PRINTERS -> TOO_MANY_PRINTERS;
            case UNSTORABLE -> INVALID_FIELD;
            case STORE_FULL -> STORE_FULL;
            case UNAVAILABLE -> UNAVAILABLE;
        };
    }

    /** The type for a status of Akka's HTTP parser. */
    public static ProblemType ofStatus(int status) {
        return switch (status) {
            case 408 -> UPLOAD_TOO_SLOW;
            case 411 -> LENGTH_REQUIRED;
            case 413 -> BODY_TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 431 -> HEADERS_TOO_LARGE;
            case 501 -> METHOD_UNKNOWN;
            case 505 -> VERSION_NOT_SUPPORTED;
            default -> BAD_REQUEST;
        };
    }

    /** Whether the problem passes by itself, so that the client should try again. */
    boolean isPassing() {
        return status == 429 || status == 503;
    }
}
