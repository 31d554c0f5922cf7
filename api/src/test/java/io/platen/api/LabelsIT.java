package io.platen.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Print data is scanned on its way in, however it comes in; what is found is the job's, and goes with it. */
final class LabelsIT extends WithServer {
    private static final String WARNING = "document-format-incomplete";
    private static final String LABEL_OF_THREE = "^XA^FO50,50^FDhello^FS^PQ3^XZ\r\n";
    /** Its data would end the format and begin another, if they were read as commands. */
    private static final String BINARY = "^XA^FO9,9^GFB,12,12,4,^XZ^XA\0\002\377\001^DF^FS^XZ";

    /** Print data, with its labels and whether the warning stands at the job. */
    record Row(String what, String document, long labels, boolean incomplete) {
        byte[] bytes() {
            return document.getBytes(ISO_8859_1);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Row> documents() {
        return Stream.of(
                new Row("complete", LABEL_OF_THREE, 3, false),
                new Row("two formats", LABEL_OF_THREE + BINARY, 4, false),
                new Row("incomplete", LABEL_OF_THREE + "^XA^FDhello", 3, true),
                new Row("binary", BINARY, 1, false),
                new Row("binary cut off", BINARY.substring(0, 30), 0, true),
                new Row("stored", "^XA^DFR:A.ZPL^FS^FN1^FS^XZ", 0, false),
                new Row("large", LABEL_OF_THREE.repeat(20_000), 60_000, false),
                new Row("large and incomplete", LABEL_OF_THREE.repeat(20_000) + "^XA", 60_000, true));
    }

    /** A held job shows what was found as well as any, and nothing prints 60,000 labels for it. */
    @BeforeEach
    void freshPrinters() {
        for (String id : List.of("labels", "elsewhere", "raw")) {
            http.delete("/v1/printers/" + id);
        }
        http.printer("labels", healthy.uri());
        http.printer("elsewhere", healthy.uri());
        http.printer("raw", healthy.uri(), "\"language\":\"raw\"");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void scansWhatIsSubmittedAlone(Row row) {
        JsonNode whole = http.post("/v1/printers/labels/jobs?hold=true&copies=2", row.bytes())
                .json();
        int half = row.bytes().length / 2;
        var chunks =
                List.of(Arrays.copyOf(row.bytes(), half), Arrays.copyOfRange(row.bytes(), half, row.bytes().length));
        JsonNode streamed = http.send(
                        "POST",
                        "/v1/printers/labels/jobs?hold=true&copies=2",
                        // Without a length, so that it comes in chunks.
                        BodyPublishers.ofByteArrays(chunks))
                .json();

        for (JsonNode job : List.of(whole, streamed)) {
            assertThat(job.path("labels").toString()).isEqualTo("{\"total\":" + 2 * row.labels() + "}");
            assertThat(reasons(job))
                    .isEqualTo(
                            row.incomplete()
                                    ? List.of("job-hold-until-specified", WARNING)
                                    : List.of("job-hold-until-specified"));
            assertThat(http.get("/v1/printers/labels/jobs/" + job.path("id").asInt())
                            .json())
                    .isEqualTo(job);
        }
    }

    @Test
    void scansEachLineOfMany() throws Exception {
        // A line is at most 1 MiB long.
        List<Row> rows =
                documents().filter(row -> row.document().length() < 700_000).toList();
        String lines = rows.stream()
                .map(row -> "{\"printer\":\"labels\",\"hold\":true,\"copies\":3,\"content\":\"%s\"}"
                        .formatted(Base64.getEncoder().encodeToString(row.bytes())))
                .collect(Collectors.joining("\n"));
        var answer = http.post("/v1/jobs", lines.getBytes(UTF_8), "Content-Type", "application/x-ndjson");
        List<String> answers = new String(answer.bytes(), UTF_8).lines().toList();

        assertThat(answers).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            JsonNode job = new ObjectMapper().readTree(answers.get(i)).path("job");
            assertThat(job.path("labels").path("total").asLong())
                    .isEqualTo(3 * rows.get(i).labels());
            assertThat(reasons(job).contains(WARNING)).isEqualTo(rows.get(i).incomplete());
        }
    }

    @Test
    void incompleteJobIsSentAndKeepsItsWarningInEveryState() {
        byte[] document = (LABEL_OF_THREE + "^XA").getBytes(UTF_8);
        int printed = http.submit("labels", document, "");
        assertThat(reasons(http.awaitState("labels", printed, "completed")))
                .containsExactly("job-completed-successfully", WARNING);

        int held = http.submit("labels", document, "?hold=true");
        assertThat(http.delete("/v1/printers/labels/jobs/" + held).status()).isLessThan(300);
        assertThat(reasons(http.awaitState("labels", held, "canceled")))
                .containsExactly("job-canceled-by-user", WARNING);
    }

    @Test
    void whatWasFoundGoesWithTheJob() {
        byte[] document = (LABEL_OF_THREE + "^XA").getBytes(UTF_8);
        int job = http.submit("labels", document, "?hold=true");
        JsonNode moved = http.post("/v1/printers/labels/jobs/" + job + "/move?to=elsewhere")
                .json();

        assertThat(moved.path("printer").asText()).isEqualTo("elsewhere");
        assertThat(moved.path("labels").path("total").asLong()).isEqualTo(3);
        assertThat(reasons(moved)).contains(WARNING);
        assertThat(reasons(http.awaitState("labels", job, "canceled"))).containsExactly("moved", WARNING);
    }

    @Test
    void otherPrintersScanOnlyWhatIsCalledZpl() {
        byte[] document = (LABEL_OF_THREE + "^XA").getBytes(UTF_8);
        String path = "/v1/printers/raw/jobs?hold=true";
        JsonNode unknown = http.post(path, document).json();
        JsonNode called = http.post(path, document, "Content-Type", "application/vnd.zebra-zpl; charset=utf-8")
                .json();

        assertThat(unknown.has("labels")).isFalse();
        assertThat(reasons(unknown)).containsExactly("job-hold-until-specified");
        assertThat(called.path("labels").path("total").asLong()).isEqualTo(3);
        assertThat(reasons(called)).contains(WARNING);
    }

    private static List<String> reasons(JsonNode job) {
        return Stream.iterate(0, i -> i < job.path("stateReasons").size(), i -> i + 1)
                .map(i -> job.path("stateReasons").path(i).asText())
                .toList();
    }
}
