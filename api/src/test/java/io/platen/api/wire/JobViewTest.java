package io.platen.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.AttemptId;
import io.platen.printer.ConnectionStatus;
import io.platen.printer.ConnectionStatus.Sending;
import io.platen.printer.ConnectionStatus.State;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.language.Labels;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.QueueState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients see of a job that is being sent, which its printer's line knows better than the journal. */
final class JobViewTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final PrinterProfile profile = profile();
    private QueueState queue = QueueState.empty(10).after(new PrinterEvent.PrinterConfigured(profile, NOON, null));

    @BeforeEach
    void submit() {
        var document = new StoredDocument("id", 1000, "aa");
        var labels = new Labels(3, 400, true, 0);
        var ticket = new JobTicket("label", document, "text/plain", 2, 70, null, null, null, null, labels, null);
        queue = queue.after(new PrinterEvent.JobSubmitted(1, ticket, false, NOON, null));
    }

    @Test
    void labelsAreThoseOfAllCopiesAndAnUnfinishedFormatIsSaid() {
        JobView view = view(line(null, null, null));

        assertThat(view.state()).isEqualTo("pending");
        assertThat(view.stateReasons()).containsExactly("document-format-incomplete");
        assertThat(view.labels()).isEqualTo(new JobView.LabelsView(6));
        assertThat(view.copies()).isEqualTo(2);
        assertThat(view.attempts()).isEmpty();
    }

    @Test
    void attemptUnderWayShowsHowFarItHasCome() {
        start();
        var bytes = new ByteCounts(500, 300L, 2000);

        JobView view = view(line(null, null, new Sending(new AttemptId(1, 1), bytes)));

        assertThat(view.state()).isEqualTo("processing");
        assertThat(view.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.bytes()).isEqualTo(bytes);
            assertThat(attempt.outcome()).isNull();
        });
    }

    @Test
    void progressOfAnotherAttemptIsNotShown() {
        start();

        JobView view = view(line(null, null, new Sending(new AttemptId(1, 2), new ByteCounts(500, 300L, 2000))));

        assertThat(view.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.bytes()).isNull());
    }

    @Test
    void jobWhosePrinterTakesNoDataHasStopped() {
        start();

        JobView view = view(line(NOON, null, null));

        assertThat(view.state()).isEqualTo("processing-stopped");
        assertThat(view.stateReasons()).containsExactly("printer-stopped", "document-format-incomplete");
    }

    @Test
    void unansweredStatusQueryIsAReasonWhileTheJobIsProcessed() {
        assertThat(view(line(null, NOON, null)).stateReasons()).containsExactly("document-format-incomplete");
        start();
        assertThat(view(line(null, NOON, null)).stateReasons())
                .containsExactly("status-query-unanswered", "document-format-incomplete");
    }

    private void start() {
        queue = queue.after(new PrinterEvent.AttemptStarted(1, 1, NOON));
    }

    private JobView view(ConnectionStatus line) {
        PrintJob job = queue.jobs().find(1).orElseThrow();
        return JobView.of(new PrinterStatus(new PrinterId("dock-1"), profile, queue, line), job);
    }

    private static ConnectionStatus line(
            @Nullable Instant stalledSince, @Nullable Instant unansweredSince, @Nullable Sending sending) {
        return new ConnectionStatus(
                State.OPEN,
                NOON,
                null,
                null,
                null,
                null,
                stalledSince,
                unansweredSince,
                NOON,
                null,
                false,
                false,
                sending);
    }

    private static PrinterProfile profile() {
        try {
            return ProfileReader.read(null, Json.parse("{\"uri\":\"socket://10.0.0.5\"}"));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
