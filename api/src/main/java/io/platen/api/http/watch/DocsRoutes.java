package io.platen.api.http.watch;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.Uri;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.problem.Responses;
import io.platen.api.http.request.OnDisk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** {@code /openapi.yaml}, and {@code /docs} to browse it with a Swagger UI that loads nothing from other servers. */
public final class DocsRoutes extends AllDirectives {
    private static final ContentType YAML =
            MediaTypes.customBinary("application", "yaml", true).toContentType();
    private static final Map<String, ContentType> FILES = Map.of(
            "swagger-ui.css", ContentTypes.parse("text/css; charset=UTF-8"),
            "swagger-ui-bundle.js", ContentTypes.parse("text/javascript; charset=UTF-8"),
            "favicon-32x32.png", ContentTypes.parse("image/png"));

    /** Swagger UI's script creates inline styles, so they are allowed; everything else comes from this server. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

    private static final int PIECE = 16 * 1024;

    private final OnDisk disk;
    private final Map<String, ByteString> contents = new ConcurrentHashMap<>();

    public DocsRoutes(OnDisk disk) {
        this.disk = disk;
    }

    private Route later(OnDisk.Question<HttpResponse> response) {
        return completeWithFuture(disk.ask(response));
    }

    public Route routes() {
        return concat(
                path("openapi.yaml", () -> get(() -> later(() -> resource("/openapi.yaml", YAML)))),
                pathPrefix(
                        "docs",
                        () -> concat(
                                pathEnd(() ->
                                        get(() -> redirect(Uri.create("/docs/"), StatusCodes.PERMANENT_REDIRECT))),
                                pathSingleSlash(() ->
                                        get(() -> later(() -> page("/docs/index.html", ContentTypes.TEXT_HTML_UTF8)))),
                                path(
                                        "start.js",
                                        () -> get(() -> later(() -> page(
                                                "/docs/start.js",
                                                ContentTypes.parse("text/javascript; charset=UTF-8"))))),
                                path(segment(), name -> get(() -> later(() -> swagger(name)))))));
    }

    private HttpResponse page(String path, ContentType type) {
        return resource(path, type).addHeader(RawHeader.create("Content-Security-Policy", POLICY));
    }

    private HttpResponse swagger(String name) {
        ContentType type = FILES.get(name);
        return type == null
                ? Responses.problem(ProblemType.NOT_FOUND, "There is nothing at this path.")
                : page("/META-INF/resources/webjars/swagger-ui/" + version() + "/" + name, type);
    }

    private static String version() {
        var properties = new Properties();
        try (InputStream in =
                DocsRoutes.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private HttpResponse resource(String path, ContentType type) {
        ByteString content = contents.computeIfAbsent(path, DocsRoutes::read);
        if (content.isEmpty()) {
            return Responses.problem(ProblemType.NOT_FOUND, "There is nothing at this path.");
        }
        if (content.size() <= PIECE) {
            return HttpResponse.create().withEntity(HttpEntities.create(type, content));
        }
        // The pieces share the cached bytes, so a client that sends many requests and reads nothing costs little
        // memory.
        var pieces = Source.range(0, (content.size() - 1) / PIECE)
                .map(piece -> content.slice(piece * PIECE, Math.min(content.size(), (piece + 1) * PIECE)));
        return HttpResponse.create().withEntity(HttpEntities.create(type, content.size(), pieces));
    }

    private static ByteString read(String path) {
        try (InputStream in = DocsRoutes.class.getResourceAsStream(path)) {
            return in == null ? ByteString.emptyByteString() : ByteString.fromArrayUnsafe(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
