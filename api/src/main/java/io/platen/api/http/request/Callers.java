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

/** Keeps with each request the caller that the gate has identified. */
public final class Callers {
    private static final AttributeKey<Caller> CALLER = AttributeKey.create("caller", Caller.class);

    private Callers() {}

    /** The request with its caller, for the routes. */
    public static HttpRequest admitted(HttpRequest request, Caller caller) {
        return request.addAttribute(CALLER, caller);
    }

    public static Caller of(HttpRequest request) {
        return request.getAttribute(CALLER)
                .orElseThrow(() -> new IllegalStateException("The request has not passed the gate"));
    }

    public static String address(HttpRequest request) {
        return request.getAttribute(AttributeKeys.remoteAddress)
                .flatMap(RemoteAddress::getAddress)
                .map(InetAddress::getHostAddress)
                .orElse("unknown");
    }

    /** Refuses a caller who is limited to some printers, and names none or a printer outside that list. */
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
