package io.platen.api.http.watch;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import io.platen.api.http.problem.Responses;
import io.platen.api.http.request.Callers;
import io.platen.api.http.request.Page;
import io.platen.api.security.Role;
import io.platen.api.webhook.WebhookTarget;
import io.platen.api.webhook.Webhooks;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/webhooks}: the state of each callback URL. */
public final class WebhookRoutes extends AllDirectives {
    record WebhookList(
            List<WebhookTarget.TargetView> webhooks,
            @Nullable String next) {}

    private final Webhooks webhooks;

    public WebhookRoutes(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    public Route routes() {
        return pathEndOrSingleSlash(() -> get(() -> extractRequest(request -> complete(list(request)))));
    }

    private HttpResponse list(HttpRequest request) {
        var views = webhooks.view(Callers.of(request).role() == Role.ADMIN);
        var page = Page.of(request, views.entrySet().stream(), Map.Entry::getKey);
        return Responses.json(
                200,
                new WebhookList(page.entries().stream().map(Map.Entry::getValue).toList(), page.next()));
    }
}
