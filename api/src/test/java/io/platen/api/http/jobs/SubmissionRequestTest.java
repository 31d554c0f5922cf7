package io.platen.api.http.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.security.Caller;
import io.platen.api.security.Role;
import io.platen.persistence.document.StoredDocument;
import io.platen.printer.language.PrinterLanguage;
import io.platen.spooler.job.JobTicket.Claim;
import io.platen.spooler.job.PrinterId;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SubmissionRequestTest {
    private static final String SUM = "ab".repeat(32);
    private static final StoredDocument DOCUMENT = new StoredDocument("document", 5, SUM);
    private static final Caller TOKEN = new Caller("token:t1 till", "token:t1", Role.SUBMITTER, Set.of());

    @Test
    void takesTheDocumentThatWasAnnounced() {
        request(TOKEN, 1, "key", SUM, OptionalLong.of(5)).require(DOCUMENT);
        request(TOKEN, 1, "key", null, OptionalLong.empty()).require(DOCUMENT);
    }

    @Test
    void refusesAnotherDocumentThanAnnounced() {
        assertProblem(
                ProblemType.UPLOAD_INCOMPLETE,
                () -> request(TOKEN, 1, null, null, OptionalLong.of(6)).require(DOCUMENT));
        assertProblem(
                ProblemType.DIGEST_MISMATCH,
                () -> request(TOKEN, 1, null, "cd".repeat(32), OptionalLong.of(5))
                        .require(DOCUMENT));
    }

    @Test
    void refusesAnEmptyDocument() {
        assertProblem(
                ProblemType.EMPTY_DOCUMENT,
                () -> request(TOKEN, 1, null, null, OptionalLong.empty())
                        .require(new StoredDocument("document", 0, SUM)));
    }

    @Test
    void asksForAllThatTheCallerWants() {
        var submit = request(TOKEN, 3, "key", null, OptionalLong.empty()).of(DOCUMENT, null);

        assertThat(submit.hold()).isTrue();
        var ticket = submit.ticket();
        assertThat(ticket.document()).isEqualTo(DOCUMENT);
        assertThat(ticket.name()).isEqualTo("label");
        assertThat(ticket.copies()).isEqualTo(3);
        assertThat(ticket.priority()).isEqualTo(70);
        assertThat(ticket.idempotencyKey()).isEqualTo("key");
        assertThat(ticket.callback()).isEqualTo("https://till.example/events");
    }

    @Test
    void withoutAKeyNothingIsClaimed() {
        assertThat(request(TOKEN, 1, null, null, OptionalLong.empty())
                        .of(DOCUMENT, null)
                        .ticket()
                        .claim())
                .isNull();
    }

    @Test
    void aKeyBelongsToItsCallerAndToWhatWasAskedFor() {
        Claim first = claim(TOKEN, 1);

        assertThat(first.owner()).isEqualTo("token:t1");
        assertThat(claim(TOKEN, 1)).isEqualTo(first);
        assertThat(claim(TOKEN, 2).asked()).isNotEqualTo(first.asked());
        assertThat(claim(Caller.anonymous("10.0.0.7"), 1)).isEqualTo(new Claim(null, first.asked()));
    }

    private static Claim claim(Caller caller, int copies) {
        return Objects.requireNonNull(request(caller, copies, "key", null, OptionalLong.empty())
                .of(DOCUMENT, null)
                .ticket()
                .claim());
    }

    private static SubmissionRequest request(
            Caller caller, int copies, @Nullable String key, @Nullable String sha256, OptionalLong length) {
        return new SubmissionRequest(
                caller,
                new PrinterId("till"),
                PrinterLanguage.ZPL,
                "label",
                copies,
                70,
                true,
                key,
                sha256,
                "text/plain",
                length,
                "https://till.example/events",
                null);
    }

    private static void assertProblem(ProblemType type, ThrowingCallable refused) {
        assertThatThrownBy(refused)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(type));
    }
}
