package io.platen.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A client of the API, for tests. */
final class Http {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final Contract contract = Contract.load();
    private final @Nullable String token;

    Http(String url) {
        this(url, null);
    }

    /** Shows this token. */
    Http(String url, @Nullable String token) {
        this.url = url;
        this.token = token;
    }

    /** Every answer is held against the OpenAPI file. */
    private Answer checked(String method, String path, Answer answer) {
        contract.check(method, path, answer);
        return answer;
    }

    /** A status, headers and a body. */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, HttpHeaders headers, byte[] bytes) {
        JsonNode json() {
            try {
                return Json.parse(new String(bytes, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    Answer post(String path, String... headers) {
        return send("POST", path, BodyPublishers.noBody(), headers);
    }

    Answer post(String path, byte[] body, String... headers) {
        return send("POST", path, BodyPublishers.ofByteArray(body), headers);
    }

    Answer put(String path, String body) {
        return send("PUT", path, BodyPublishers.ofString(body), "Content-Type", "application/json");
    }

    Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    Answer send(String method, String path, BodyPublisher body, String... headers) {
        try {
            var response = client.send(request(method, path, body, headers), BodyHandlers.ofByteArray());
            return checked(method, path, new Answer(response.statusCode(), response.headers(), response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a request word by word, as a client would not: without its token, and perhaps not whole. */
    Answer raw(String method, String path, String headersAndBody) {
        URI server = URI.create(url);
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            String request = method + " " + path + " HTTP/1.1\r\nConnection: close\r\n" + headersAndBody;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String[] answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\r\n\r\n", 2);
            Map<String, List<String>> headers = answer[0]
                    .lines()
                    .skip(1)
                    .map(line -> line.split(": ", 2))
                    .collect(Collectors.groupingBy(
                            line -> line[0], Collectors.mapping(line -> line[1], Collectors.toList())));
            return checked(
                    method,
                    path,
                    new Answer(
                            Integer.parseInt(answer[0].split(" ", 3)[1]),
                            HttpHeaders.of(headers, (name, value) -> true),
                            answer[1].getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CompletableFuture<HttpResponse<byte[]>> postLater(String path, byte[] body, String... headers) {
        return client.sendAsync(
                request("POST", path, BodyPublishers.ofByteArray(body), headers), BodyHandlers.ofByteArray());
    }

    /** Makes a printer with a short backoff, so that tests need not wait. */
    void printer(String id, String uri, String... more) {
        boolean hasLanguage = Arrays.stream(more).anyMatch(setting -> setting.startsWith("\"language\""));
        var settings = new StringBuilder("{\"uri\":\"" + uri
                + (hasLanguage ? "\",\"backoff\"" : "\",\"language\":\"zpl\",\"backoff\"")
                + ":{\"min\":\"20ms\",\"max\":\"200ms\"},"
                + "\"timeouts\":{\"close\":\"1s\"}");
        for (String setting : more) {
            settings.append(',').append(setting);
        }
        Answer answer = put("/v1/printers/" + id, settings.append('}').toString());
        if (answer.status() != 201 && answer.status() != 200) {
            throw new IllegalStateException("PUT answered " + answer.status() + ": " + answer.json());
        }
    }

    /** Submits a job and returns its number. */
    int submit(String printer, byte[] body, String query, String... headers) {
        Answer answer = post("/v1/printers/" + printer + "/jobs" + query, body, headers);
        if (answer.status() != 201) {
            throw new IllegalStateException("POST answered " + answer.status() + ": " + answer.json());
        }
        return answer.json().path("id").asInt();
    }

    /** Asks again and again until the answer is as wanted. */
    JsonNode await(String path, Predicate<JsonNode> wanted) {
        return await(path, Duration.ofSeconds(60), wanted);
    }

    JsonNode await(String path, Duration patience, Predicate<JsonNode> wanted) {
        return Eventually.is(patience, () -> get(path).json(), wanted);
    }

    /** Asks again and again until the status is this one. */
    Answer awaitStatus(String path, int status) {
        return Eventually.is(() -> get(path), answer -> answer.status() == status);
    }

    JsonNode awaitState(String printer, int job, String state) {
        return await(
                "/v1/printers/" + printer + "/jobs/" + job,
                json -> json.path("state").asText().equals(state));
    }

    private HttpRequest request(String method, String path, BodyPublisher body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofMinutes(5))
                .method(method, body);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.build();
    }
}
