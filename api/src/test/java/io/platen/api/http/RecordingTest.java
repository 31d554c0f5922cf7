package io.platen.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import io.platen.api.http.problem.Responses;
import io.platen.api.security.AuditLog;
import io.platen.api.security.AuditLog.AuditEntry;
import io.platen.api.security.AuditLog.AuditPlace;
import io.platen.api.security.Caller;
import io.platen.api.security.SecuritySettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordingTest {
    private static final Caller CALLER = Caller.anonymous("10.0.0.9");

    @TempDir
    private Path data;

    private AuditLog log;
    private Recording recording;

    @BeforeEach
    void open() throws IOException {
        log = AuditLog.open(new SecuritySettings(data, false, null, Duration.ofDays(400)), Runnable::run);
        recording = new Recording(log, Clock.systemUTC(), Runnable::run);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, 201, true",
        "POST, 200, true",
        "DELETE, 204, true",
        "PUT, 401, true",
        "PUT, 403, true",
        "POST, 500, true",
        "POST, 503, true",
        "POST, 400, false",
        "POST, 404, false",
        "POST, 422, false",
        "GET, 200, false",
        "GET, 401, false",
        "HEAD, 200, false"
    })
    void changesAndForbiddenAttemptsAreRecorded(String method, int status, boolean isRecorded) throws Exception {
        audited(method, HttpResponse.create().withStatus(status));

        assertThat(recorded()).hasSize(isRecorded ? 1 : 0);
    }

    @Test
    void aSubmissionThatTheJournalHasIsAnsweredAtOnceAndRecordedSoon() throws Exception {
        var response = HttpResponse.create().withStatus(201).addAttribute(Responses.JOURNALED, true);

        var answer = recording.audited(request("POST"), CALLER, response).toCompletableFuture();

        assertThat(answer).isDone();
        assertThat(recorded()).extracting(AuditEntry::status).containsExactly(201);
    }

    private void audited(String method, HttpResponse response) throws Exception {
        recording
                .audited(request(method), CALLER, response)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static HttpRequest request(String method) {
        return HttpRequest.create("http://localhost/v1/printers/dock-1")
                .withMethod(HttpMethods.lookup(method).orElseThrow());
    }

    private List<AuditEntry> recorded() throws IOException {
        return log.latest(AuditPlace.END, Instant.EPOCH, 10).entries();
    }
}
