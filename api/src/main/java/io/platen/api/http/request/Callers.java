package io.platen.api.http.request;

import akka.http.javadsl.model.AttributeKey;
import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.RemoteAddress;
import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.security.Caller;
import java.net.InetAddress;
import java.util.Collection;

/** Who sent a request, as the gate found out. */
public final class Callers {
    private static final AttributeKey<Caller> CALLER = AttributeKey.create("caller", Caller.class);

    private Callers() {}

    /** The request, for the routes, of a caller that the gate has let in. */
    public static HttpRequest admitted(HttpRequest request, Caller caller) {
        return request.addAttribute(CALLER, caller);
    }

    /** Who sent it. */
    public static Caller of(HttpRequest request) {
        return request.getAttribute(CALLER)
                .orElseThrow(() -> new IllegalStateException("A request came around the gate"));
    }

    /** The address that it came from. */
    public static String address(HttpRequest request) {
        return request.getAttribute(AttributeKeys.remoteAddress)
                .flatMap(RemoteAddress::getAddress)
                .map(InetAddress::getHostAddress)
                .orElse("unknown");
    }

    /** Refuses a caller who is limited to other printers, or who is limited and does not say which. */
    public static void requirePrinters(HttpRequest request, Collection<String> printers) {
        Caller caller = of(request);
        if (caller.isLimited() && (printers.isEmpty() || !caller.printers().containsAll(printers))) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "The token is limited to some printers; ask for one of them with ?printer=.",
                    "printer");
        }
    }
}
