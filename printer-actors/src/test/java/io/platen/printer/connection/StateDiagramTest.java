package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/connection-states.md is written from the phases' own tables, with {@code -Dgolden.write=true}. */
final class StateDiagramTest {
    private static final Path DOCUMENT = Path.of("../docs/connection-states.md");

    @Test
    void diagramsAreThoseOfTheCode() throws IOException {
        String text = document();
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(DOCUMENT, text);
        }
        assertThat(DOCUMENT)
                .as("docs/connection-states.md is stale: write it with -Dgolden.write=true")
                .hasContent(text);
    }

    @Test
    void everyPhaseIsReachedAndLeft() {
        for (var phase : ConnectionPhase.values()) {
            assertThat(phase.next()).as(phase.name()).isNotEmpty();
            assertThat(Arrays.stream(ConnectionPhase.values()))
                    .as(phase + " is reached")
                    .anyMatch(from -> from.next().containsKey(phase));
        }
        for (var phase : SessionPhase.values()) {
            assertThat(phase.next().isEmpty()).as(phase.name()).isEqualTo(phase == SessionPhase.ENDED);
        }
    }

    private static String document() {
        Map<String, Map<String, String>> connection = new LinkedHashMap<>();
        for (var phase : ConnectionPhase.values()) {
            connection.put(name(phase), names(ConnectionPhase.values(), phase.next()));
        }
        Map<String, Map<String, String>> session = new LinkedHashMap<>();
        for (var phase : SessionPhase.values()) {
            session.put(name(phase), names(SessionPhase.values(), phase.next()));
        }
        return """
                # The states of a connection

                Both diagrams are written from the code (`ConnectionPhase`, `SessionPhase`) by `StateDiagramTest`, which fails
                when they are stale. The arrows to `backing-off` are restarts of the actor: the connection is lost, the supervisor
                restarts it, and it begins with a pause.

                ## The connection to a printer

                %s
                ## One document on it: `delivering`

                %s""".formatted(mermaid(connection, "idle"), mermaid(session, "starting"));
    }

    private static String mermaid(Map<String, Map<String, String>> phases, String first) {
        var lines = new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> " + id(first) + "\n");
        if (phases.containsKey("asking")) {
            lines.append("    [*] --> asking: labels are to be confirmed, and the printer has never answered\n");
        }
        phases.forEach((from, next) -> {
            next.forEach((to, when) -> lines.append("    ")
                    .append(id(from))
                    .append(" --> ")
                    .append(id(to))
                    .append(": ")
                    .append(when)
                    .append('\n'));
            if (next.isEmpty()) {
                lines.append("    ").append(id(from)).append(" --> [*]\n");
            }
        });
        return lines.append("```\n").toString();
    }

    private static <E extends Enum<E>> Map<String, String> names(E[] order, Map<E, String> next) {
        Map<String, String> named = new LinkedHashMap<>();
        for (E phase : order) {
            if (next.containsKey(phase)) {
                named.put(name(phase), next.get(phase));
            }
        }
        return named;
    }

    private static String name(Enum<?> phase) {
        return phase.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String id(String name) {
        return name.replace('-', '_');
    }
}
