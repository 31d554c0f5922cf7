package io.platen.api.http.problem;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.util.List;

/** What every answer tells a browser, also an answer to what was no HTTP: nothing of it is a page of ours. */
public final class SecurityHeaders {
    private static final List<HttpHeader> ALWAYS = List.of(
            RawHeader.create("X-Content-Type-Options", "nosniff"),
            RawHeader.create("X-Frame-Options", "DENY"),
            RawHeader.create("Referrer-Policy", "no-referrer"));
    private static final HttpHeader NOTHING_LOADED =
            RawHeader.create("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    private static final HttpHeader NOT_STORED = RawHeader.create("Cache-Control", "no-store");
    private static final HttpHeader TLS_ONLY = RawHeader.create("Strict-Transport-Security", "max-age=31536000");

    /** A label can be HTML: then it is a file, and where a browser opens it nevertheless, it may do nothing. */
    private static final HttpHeader SANDBOXED =
            RawHeader.create("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'");

    private SecurityHeaders() {}

    /** The answer with them. What it says itself stays. */
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

    /** An answer whose body came from outside, to be saved under this name. */
    public static HttpResponse asFile(HttpResponse response, String name) {
        return response.addHeader(RawHeader.create("Content-Disposition", "attachment; filename=\"" + name + "\""))
                .addHeader(SANDBOXED);
    }
}
