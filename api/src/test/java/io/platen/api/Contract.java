package io.platen.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.platen.api.Http.Answer;
import io.platen.api.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The OpenAPI file, to hold answers against. */
final class Contract {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    /** Any answer may be one of these: internal error, not available, store full. */
    private static final Set<Integer> ANYWHERE = Set.of(500, 503, 507);

    private static final Contract LOADED = new Contract();

    private final ObjectNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    /** A method of a path. */
    record Operation(String method, String path, Pattern pattern, JsonNode description) {
        boolean isOpen() {
            return description.has("security") && description.path("security").isEmpty();
        }

        /** What is needed for it. */
        String role() {
            return description.path("x-role").asText();
        }

        /** The path with these in its places. */
        String path(String printer, String job) {
            return path.replace("{printer}", printer)
                    .replace("{job}", job)
                    .replace("{operation}", "1")
                    .replace("{problem}", "not-found");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private Contract() {
        try (InputStream in = Contract.class.getResourceAsStream("/openapi.yaml")) {
            document = (ObjectNode) new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        document.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(name -> {
                    if (METHODS.contains(name)) {
                        String pattern = Pattern.compile("\\{[a-z]+}")
                                .matcher(path.getKey())
                                .replaceAll("[^/]+");
                        operations.add(new Operation(
                                name.toUpperCase(Locale.ROOT),
                                path.getKey(),
                                Pattern.compile(pattern),
                                path.getValue().get(name)));
                    }
                }));
    }

    static Contract load() {
        return LOADED;
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** Answers seen so far, as {@code GET /path 200}. */
    Set<String> seen() {
        return Set.copyOf(seen);
    }

    Optional<Operation> find(String method, String path) {
        String plain = path.replaceFirst("\\?.*", "");
        return operations.stream()
                .filter(operation -> operation.method().equals(method)
                        && operation.pattern().matcher(plain).matches())
                // A literal path goes before one with a parameter.
                .min((a, b) -> Integer.compare(count(a.path()), count(b.path())));
    }

    private static int count(String path) {
        return (int) path.chars().filter(c -> c == '{').count();
    }

    /** Fails when an answer is not as the file describes it. */
    void check(String method, String path, Answer answer) {
        var operation = find(method.equals("HEAD") ? "GET" : method, path).orElse(null);
        int status = answer.status();
        if (operation == null || ANYWHERE.contains(status)) {
            if (status >= 400 && answer.bytes().length > 0) {
                validate("Problem", answer.json(), method + " " + path);
            }
            return;
        }
        JsonNode response = resolve(operation.description().path("responses").path(Integer.toString(status)));
        if (response.isMissingNode()) {
            throw new AssertionError("%s %s answered %d, which openapi.yaml does not know: %s"
                    .formatted(method, path, status, new String(answer.bytes(), StandardCharsets.UTF_8)));
        }
        seen.add(operation + " " + status);
        response.path("headers").fields().forEachRemaining(header -> {
            if (resolve(header.getValue()).path("required").asBoolean()
                    && answer.header(header.getKey()).isEmpty()) {
                throw new AssertionError(
                        "%s %s answered %d without %s".formatted(method, path, status, header.getKey()));
            }
        });
        if (method.equals("HEAD") || answer.bytes().length == 0) {
            return;
        }
        String type = answer.header("Content-Type").replaceFirst(";.*", "");
        JsonNode content = response.path("content");
        JsonNode described = content.has(type) ? content.get(type) : content.path("*/*");
        if (described.isMissingNode()) {
            throw new AssertionError("%s %s answered %d with %s, which openapi.yaml does not know"
                    .formatted(method, path, status, type));
        }
        String schema = described.path("schema").path("$ref").asText("");
        String name = schema.substring(schema.lastIndexOf('/') + 1);
        if (type.endsWith("json") && !name.isEmpty() && !type.endsWith("ndjson")) {
            validate(name, answer.json(), method + " " + path);
        }
        if (type.endsWith("ndjson")) {
            new String(answer.bytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> validate(name, line(line), path));
        }
    }

    private static JsonNode line(String line) {
        try {
            return Json.parse(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** Fails when a value is not of a schema. */
    void validate(String schema, JsonNode value, String where) {
        var messages = schemas.computeIfAbsent(schema, this::compile).validate(value);
        if (!messages.isEmpty()) {
            throw new AssertionError("%s: not a %s: %s%n%s".formatted(where, schema, messages, value));
        }
    }

    private JsonSchema compile(String name) {
        ObjectNode root = document.objectNode();
        root.put("$ref", "#/components/schemas/" + name);
        root.set("components", document.get("components"));
        return factory.getSchema(
                root,
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    }
}
