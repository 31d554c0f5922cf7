package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.language.Labels;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JobTicketTest {
    private static final StoredDocument DOCUMENT = new StoredDocument("id", 10, "ab".repeat(32));
    private static final Labels LABELS = new Labels(25, 812, true, 1);

    private static JobTicket ticket(int copies, @Nullable Labels labels) {
        return new JobTicket("label", DOCUMENT, null, copies, 50, "key", null, "https://x.example", "trace", labels);
    }

    @Test
    void countsTheLabelsOfAllCopies() {
        assertThat(ticket(3, LABELS).totalLabels()).hasValue(75);
        assertThat(ticket(3, new Labels(0, 0, false, 0)).totalLabels()).hasValue(0);
        assertThat(ticket(9999, new Labels(Long.MAX_VALUE, 9, false, 0)).totalLabels())
                .hasValue(Long.MAX_VALUE);
        assertThat(ticket(3, null).totalLabels()).isEmpty();
    }

    @Test
    void keepsItsLabelsForAnotherJob() {
        var again = ticket(2, LABELS).again("new", new JobRef(new PrinterId("dock-1"), 7));

        assertThat(again.labels()).isEqualTo(LABELS);
        assertThat(again.idempotencyKey()).isEqualTo("new");
        assertThat(again.traceparent()).isNull();
        assertThat(ticket(2, null)
                        .again(null, new JobRef(new PrinterId("dock-1"), 7))
                        .labels())
                .isNull();
    }
}
