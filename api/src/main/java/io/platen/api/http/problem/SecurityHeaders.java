package io.platen.api.http.problem;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.util.List;

/** Headers of every answer, which tell a browser not to treat it as a page. */
public final class SecurityHeaders {
    private static final List<HttpHeader> ALWAYS = List.of(
            RawHeader.create("X-Content-Type-Options", "nosniff"),
            RawHeader.create("X-Frame-Options", "DENY"),
            RawHeader.create("Referrer-Policy", "no-referrer"));
    private static final HttpHeader NOTHING_LOADED =
            RawHeader.create("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    private static final HttpHeader NOT_STORED = RawHeader.create("Cache-Control", "no-store");
    private static final HttpHeader TLS_ONLY = RawHeader.create("Strict-Transport-Security", "max-age=31536000");

    /** A document can be HTML. It is sent as a file, and if a browser opens it nevertheless, it may do nothing. */
    private static final HttpHeader SANDBOXED =
            RawHeader.create("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'");

    private SecurityHeaders() {}

    /** Adds them to an answer, where it does not have them already. */
    public static HttpResponse on(HttpResponse response, boolean tls) {
        HttpResponse complete = response.addHeaders(ALWAYS);
        if (response.getHeader("Content-Security-Policy").isEmpty()) {
            complete = complete.addHeader(NOTHING_LOADED);
        }
        if (response.getHeader("Cache-Control").isEmpty()) {
            complete = complete.addHeader(NOT_STORED);
        }
        return tls ? complete.addHeader(TLS_ONLY) : complete;
    }

    /** Marks an answer whose body came from outside as a file to be saved under this name. */
    public static HttpResponse asFile(HttpResponse response, String name) {
        return response.addHeader(RawHeader.create("Content-Disposition", "attachment; filename=\"" + name + "\""))
                .addHeader(SANDBOXED);
    }
}
