package io.platen.api.http.problem;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.util.List;

/** Security headers for every response. They tell browsers not to sniff, frame, store or run it. */
public final class SecurityHeaders {
    private static final List<HttpHeader> ALWAYS = List.of(
            RawHeader.create("X-Content-Type-Options", "nosniff"),
            RawHeader.create("X-Frame-Options", "DENY"),
            RawHeader.create("Referrer-Policy", "no-referrer"));
    private static final HttpHeader NOTHING_LOADED =
            RawHeader.create("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    private static final HttpHeader NOT_STORED = RawHeader.create("Cache-Control", "no-store");
    private static final HttpHeader TLS_ONLY = RawHeader.create("Strict-Transport-Security", "max-age=31536000");

    /** A document can be HTML. It is sent as a file; if a browser opens it all the same, its scripts do not run. */
    private static final HttpHeader SANDBOXED =
            RawHeader.create("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'");

    private SecurityHeaders() {}

    /** Adds the headers. A response that has its own content or cache policy keeps it. */
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

    /** Marks a response with data from a client as a file that browsers save under this name. */
    public static HttpResponse asFile(HttpResponse response, String name) {
        return response.addHeader(RawHeader.create("Content-Disposition", "attachment; filename=\"" + name + "\""))
                .addHeader(SANDBOXED);
    }
}
