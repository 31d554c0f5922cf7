package io.platen.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The role that each request needs is the one that openapi.yaml says it does. */
final class PermissionsTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    static List<Arguments> documented() throws IOException {
        var operations = new ArrayList<Arguments>();
        try (InputStream in = PermissionsTest.class.getResourceAsStream("/openapi.yaml")) {
            for (var path : new YAMLMapper().readTree(in).path("paths").properties()) {
                for (var operation : path.getValue().properties()) {
                    if (METHODS.contains(operation.getKey())) {
                        operations.add(Arguments.of(
                                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()));
                    }
                }
            }
        }
        return operations;
    }

    @Test
    void contractHasOperations() throws IOException {
        assertThat(documented()).hasSizeGreaterThan(30);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("documented")
    void roleIsTheDocumentedOne(String method, String path, JsonNode operation) {
        boolean isOpen = operation.has("security") && operation.path("security").isEmpty();
        String asked = path.replaceAll("\\{printer}", "dock-1").replaceAll("\\{\\w+}", "17");

        assertThat(Permissions.isOpen(method, asked)).isEqualTo(isOpen);
        if (!isOpen) {
            var needed = Permissions.needed(method, asked);
            assertThat(needed.role().keyword())
                    .isEqualTo(operation.path("x-role").asText());
            assertThat(needed.printer())
                    .isEqualTo(path.contains("{printer}") ? Optional.of("dock-1") : Optional.empty());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/new-route",
        "PATCH, /v1/printers/dock-1",
        "POST, /v1/printers/dock-1",
        "DELETE, /v1/printers/dock-1/jobs",
        "POST, /v1/failures/everything",
        "TRACE, /v1/printers",
        "GET, /v2/printers",
        "POST, /metrics",
        "GET, //v1/printers"
    })
    void whatNobodyThoughtOfIsForAnAdmin(String method, String path) {
        assertThat(Permissions.isOpen(method, path)).isFalse();
        assertThat(Permissions.needed(method, path).role()).isEqualTo(Role.ADMIN);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /health/live, false",
        "GET, /health/live, true",
        "HEAD, /docs/index.html, true",
        "GET, /documents, false",
        "GET, /openapi.yaml.bak, false",
        "GET, /healthy, false"
    })
    void onlyReadingIsOpen(String method, String path, boolean isOpen) {
        assertThat(Permissions.isOpen(method, path)).isEqualTo(isOpen);
    }

    /** A limit to some printers must hold for whatever is below them, known or not. */
    @ParameterizedTest
    @CsvSource({
        "GET, /v1/printers/dock-1/jobs/17",
        "GET, /v1/printers/dock-1/failures/17/evidence",
        "POST, /v1/printers/dock-1/jobs",
        "PATCH, /v1/printers/dock-1",
        "GET, /v1/printers/dock-1/new/route"
    })
    void printerIsReadFromThePath(String method, String path) {
        assertThat(Permissions.needed(method, path).printer()).contains("dock-1");
    }
}
