package io.platen.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import io.platen.persistence.document.StoredDocument;
import io.platen.printer.AttemptId;
import io.platen.printer.ConnectionStatus.Sending;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.spooler.Spooler.Published;
import io.platen.spooler.StatusBoard;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Server-Sent Events (WHATWG HTML, section 9.2): one line for each field, and a blank line at the end. */
final class EventFrameTest {
    private static final PrinterId DOCK = new PrinterId("dock-1");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void storedEventHasItsIdTypeAndData() {
        var frame = new EventFrame(17, "dock-1", "job-held", ByteString.fromString("{\"job\":1}"));

        assertThat(frame.toServerSentEvent().utf8String()).isEqualTo("id: 17\nevent: job-held\ndata: {\"job\":1}\n\n");
    }

    /** Words from outside stay on one line, or they would be fields of their own. */
    @Test
    void lineEndsOfTextsAreEscaped() {
        var event = EventFrame.of(published(ticket("a\ndata: forged\n\n", "key")), new StatusBoard());

        assertThat(event.toServerSentEvent().utf8String().lines()).hasSize(4);
        assertThat(event.type()).isEqualTo("job-submitted");
    }

    /** Whoever watches does not see where else it is told, nor whose a key is. */
    @Test
    void callbackAndOwnerAreLeftOut() {
        String json = EventFrame.of(published(ticket("label", "key").claimed("anna", "asked")), new StatusBoard())
                .json()
                .utf8String();

        assertThat(json).contains("\"idempotencyKey\":\"key\"", "\"printer\":\"dock-1\"", "\"id\":17");
        assertThat(json).doesNotContain("SECRET", "anna");
    }

    /** A client goes on behind the last id that it had, so what is not stored has none. */
    @Test
    void progressAndLastEventsHaveNoId() {
        var sending = new Sending(new AttemptId(7, 2), new ByteCounts(100, 50L, 200));

        assertThat(EventFrame.progress(DOCK, sending).utf8String())
                .startsWith("event: job-progress\ndata: {")
                .contains("\"job\":7", "\"attempt\":2", "\"acknowledged\":50")
                .endsWith("}\n\n")
                .doesNotContain("id:");
        assertThat(EventFrame.last("unauthorized", "it").utf8String())
                .startsWith("event: unauthorized\ndata: {")
                .endsWith("}\n\n");
        assertThat(EventFrame.HEARTBEAT.utf8String()).startsWith(":").endsWith("\n\n");
    }

    private static Published published(JobTicket ticket) {
        return new Published(17, DOCK, new PrinterEvent.JobSubmitted(1, ticket, false, NOON, null));
    }

    private static JobTicket ticket(String name, String key) {
        var document = new StoredDocument("id", 9, "aa");
        return new JobTicket(name, document, null, 1, 50, key, null, "https://erp.example/SECRET", null, null, null);
    }
}
