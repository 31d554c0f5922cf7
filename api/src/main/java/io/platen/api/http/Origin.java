package io.platen.api.http;

import akka.http.javadsl.model.HttpRequest;
import io.platen.api.http.request.Query;
import java.util.regex.Pattern;

/** Recognizes requests that a browser sends on behalf of another site's page. */
final class Origin {
    /** {@code localhost} or a numeric address: another site's name server cannot answer for these. */
    private static final Pattern LOCAL_HOST =
            Pattern.compile("(localhost|[0-9.]+|\\[[0-9a-fA-F:.]+])(:[0-9]*)?", Pattern.CASE_INSENSITIVE);

    private Origin() {}

    /** Whether a page of another origin sends the request. Browsers name the origin; other programs do not. */
    static boolean isAnother(HttpRequest request) {
        String site = Query.header(request, "Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return true;
        }
        String origin = Query.header(request, "Origin");
        String host = Query.header(request, "Host");
        return origin != null
                && (host == null || !origin.replaceFirst("^[a-z]+://", "").equals(host));
    }

    /**
     * Whether a browser reaches a server on this machine by a foreign name. An attacker can let the name of a page point to
     * this machine (DNS rebinding), and the browser then takes the server for the page's own origin.
     */
    static boolean isRebound(HttpRequest request) {
        String host = Query.header(request, "Host");
        String program = Query.header(request, "User-Agent");
        return program != null
                && program.startsWith("Mozilla/")
                && host != null
                && !LOCAL_HOST.matcher(host).matches();
    }
}
