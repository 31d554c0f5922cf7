package io.platen.api.http;

import akka.http.javadsl.model.HttpRequest;
import io.platen.api.http.request.Query;
import java.util.regex.Pattern;

/** Tells requests that a web page of somebody else made a browser send. */
final class Origin {
    /** A name of this machine that another site's name server cannot have taken, or an address. */
    private static final Pattern LOCAL_HOST =
            Pattern.compile("(localhost|[0-9.]+|\\[[0-9a-fA-F:.]+])(:[0-9]*)?", Pattern.CASE_INSENSITIVE);

    private Origin() {}

    /** Whether a page of another origin sends it. A browser tells where a request comes from; programs don't. */
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
     * Whether a browser calls a server of this machine by a name that is not this machine's: a page whose name was made to
     * point here (DNS rebinding) would be of the same origin.
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
