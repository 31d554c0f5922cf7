package io.platen.api.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.wire.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HTTP client of a server; it uses the public API only. */
final class PlatenClient {
    private final URI server;
    private final @Nullable String token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    PlatenClient(URI server, @Nullable String token) {
        this.server = server;
        this.token = token;
    }

    JsonNode get(String path) {
        return send("GET", path, Map.of(), BodyPublishers.noBody());
    }

    JsonNode post(String path) {
        return send("POST", path, Map.of(), BodyPublishers.noBody());
    }

    JsonNode post(String path, Map<String, String> headers, BodyPublisher body) {
        return send("POST", path, headers, body);
    }

    JsonNode put(String path, String json) {
        return send("PUT", path, Map.of("Content-Type", "application/json"), BodyPublishers.ofString(json));
    }

    JsonNode delete(String path) {
        return send("DELETE", path, Map.of(), BodyPublishers.noBody());
    }

    void download(String path, Path file) {
        // Downloaded under another name first, so that the file is always complete, old or new.
        Path part = file.resolveSibling(file.getFileName() + ".part");
        HttpResponse<Path> response;
        try {
            Files.deleteIfExists(part);
            Files.createFile(part);
        } catch (IOException e) {
            throw new ClientException("The file " + part + " cannot be written: " + e.getMessage(), e);
        }
        try {
            response = http.send(
                    request(path).build(),
                    info -> info.statusCode() == 200
                            ? HttpResponse.BodySubscribers.ofFile(part)
                            : HttpResponse.BodySubscribers.replacing(part));
            if (response.statusCode() == 200) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            deleteQuietly(part);
        }
        if (response.statusCode() != 200) {
            // The body was discarded; a second request reads it and throws.
            get(path);
        }
    }

    private static void deleteQuietly(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            Terminal.ERR.println("platen: " + part + " could not be removed: " + e.getMessage());
        }
    }

    /** Encodes one segment of a path, or a value of a query. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** {@code ?a=b&c=d} from names and values; a null value is left out. */
    static String query(@Nullable Object... pairs) {
        var query = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(pairs[i])
                        .append('=')
                        .append(encode(String.valueOf(pairs[i + 1])));
            }
        }
        return query.toString();
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(server.resolve(path));
        return token == null || token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private JsonNode send(String method, String path, Map<String, String> headers, BodyPublisher body) {
        var request = request(path).method(method, body);
        headers.forEach(request::header);
        try {
            return json(http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private ClientException unreachable(IOException e) {
        return e instanceof ConnectException
                ? new ClientException(
                        "No server answers at " + server
                                + ". Start one with ./platen serve, or give its address with --server URL.",
                        e)
                : new ClientException("The connection to " + server + " failed: " + e.getMessage(), e);
    }

    private static ClientException interrupted() {
        Thread.currentThread().interrupt();
        return new ClientException("Interrupted");
    }

    private static JsonNode json(HttpResponse<String> response) {
        JsonNode body;
        try {
            body = Json.parse(response.body().isEmpty() ? "{}" : response.body());
        } catch (JsonProcessingException e) {
            throw new ClientException("The server's answer (" + response.statusCode() + ") is not JSON", e);
        }
        if (response.statusCode() >= 400) {
            String field = body.path("field").asText("");
            throw new ClientException(body.path("title").asText("Status " + response.statusCode())
                    + (field.isEmpty() ? "" : " (" + field + ")") + ": "
                    + body.path("detail").asText("no detail"));
        }
        return body;
    }
}
