package io.platen.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.PrinterProfile.Timeouts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A printer's settings have the names and defaults of the table in the README and of openapi.yaml. */
final class DocumentedSettingsTest {

    /** Setting and default, as the README gives them. */
    static Stream<Arguments> rows() throws IOException {
        return Files.readAllLines(Path.of("..", "README.md")).stream()
                .dropWhile(line -> !line.startsWith("| setting | default |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(cell -> cell.replace("`", "").strip())
                        .toList())
                .map(cells -> Arguments.of(cells.get(0), cells.get(1)));
    }

    @Test
    void readmeListsEverySetting() throws IOException {
        Set<String> listed = new TreeSet<>();
        rows().forEach(row -> listed.add(String.valueOf(row.get()[0])));

        Set<String> settings = new TreeSet<>();
        for (String name : names(schemas().path("PrinterSettings"))) {
            if (name.equals("timeouts")) {
                names(schemas().path("Timeouts")).forEach(timeout -> settings.add("timeouts." + timeout));
            } else if (!name.equals("id")) {
                settings.add(name);
            }
        }
        assertThat(listed).isEqualTo(settings);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rows")
    void settingThatIsNotGivenHasTheDocumentedDefault(String setting, String documented) throws Exception {
        JsonNode defaults = ProfileWriter.json(plain());

        switch (documented) {
            case "–" ->
                assertThat(setting.equals("uri") || isUnset(defaults.path(setting)))
                        .isTrue();
            case "none", "for ever" ->
                assertThat(at(defaults, setting).isMissingNode()).isTrue();
            default -> {
                if (documented.startsWith("[configuration]")) {
                    assertThat(at(defaults, setting).isMissingNode()).isTrue();
                } else if (setting.equals("backoff")) {
                    assertThat(defaults.path("backoff").path("min").asText() + " to "
                                    + defaults.path("backoff").path("max").asText())
                            .isEqualTo(documented);
                } else if (setting.equals("timeouts.confirm")) {
                    assertThat(Durations.text(Timeouts.CONFIRM)).isEqualTo(documented);
                } else {
                    assertThat(at(defaults, setting).asText()).isEqualTo(documented);
                }
            }
        }
    }

    @Test
    void contractHasTheSameDefaults() throws Exception {
        JsonNode defaults = ProfileWriter.json(plain());
        var described = schemas().path("PrinterSettings").path("properties");

        for (var property : described.properties()) {
            if (property.getValue().has("default")) {
                assertThat(defaults.path(property.getKey()).asText())
                        .as(property.getKey())
                        .isEqualTo(property.getValue().path("default").asText());
            }
        }
        assertThat(described.path("attempts").path("default").asInt()).isEqualTo(plain().attempts());
    }

    private static boolean isUnset(JsonNode value) {
        return value.isMissingNode() || (value.isArray() && value.isEmpty());
    }

    private static JsonNode at(JsonNode json, String path) {
        return json.at("/" + path.replace('.', '/'));
    }

    private static List<String> names(JsonNode schema) {
        return schema.path("properties").properties().stream()
                .map(property -> property.getKey())
                .toList();
    }

    private static JsonNode schemas() throws IOException {
        try (InputStream in = DocumentedSettingsTest.class.getResourceAsStream("/openapi.yaml")) {
            return new YAMLMapper().readTree(in).path("components").path("schemas");
        }
    }

    private static PrinterProfile plain() throws Exception {
        return ProfileReader.read(null, Json.parse("{\"uri\":\"socket://10.0.0.5\"}"));
    }
}
