package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.language.Labels;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JobTicketTest {
    private static final StoredDocument DOCUMENT = new StoredDocument("id", 10, "ab".repeat(32));
    private static final Labels LABELS = new Labels(25, 812, true, 1);

    private static JobTicket ticket(@Nullable Labels labels) {
        return new JobTicket("label", DOCUMENT, null, 2, 50, "key", null, "https://x.example", "trace", labels, null);
    }

    @Test
    void keepsItsLabelsForAnotherJob() {
        var again = ticket(LABELS).again("new", new JobRef(new PrinterId("dock-1"), 7));

        assertThat(again.labels()).isEqualTo(LABELS);
        assertThat(again.idempotencyKey()).isEqualTo("new");
        assertThat(again.traceparent()).isNull();
        assertThat(ticket(null)
                        .again(null, new JobRef(new PrinterId("dock-1"), 7))
                        .labels())
                .isNull();
    }
}
