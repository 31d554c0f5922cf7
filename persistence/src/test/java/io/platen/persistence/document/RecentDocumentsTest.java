package io.platen.persistence.document;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import org.junit.jupiter.api.Test;

final class RecentDocumentsTest {
    private final RecentDocuments recent = new RecentDocuments(1_100);

    @Test
    void aDocumentIsTakenOnce() {
        recent.add("a", ByteString.fromString("1234"));

        assertThat(recent.take("a")).contains(ByteString.fromString("1234"));
        assertThat(recent.take("a")).isEmpty();
        assertThat(recent.take("other")).isEmpty();
    }

    @Test
    void theOldestAreForgottenWhenThereIsNoRoom() {
        recent.add("a", ByteString.fromString("1234"));
        recent.add("b", ByteString.fromString("1234"));
        recent.add("c", ByteString.fromString("1234"));

        assertThat(recent.take("a")).isEmpty();
        assertThat(recent.take("b")).isPresent();
        assertThat(recent.take("c")).isPresent();
    }

    @Test
    void whatWasTakenMakesRoom() {
        recent.add("a", ByteString.fromString("x".repeat(300)));
        recent.take("a");
        recent.add("b", ByteString.fromString("x".repeat(300)));

        assertThat(recent.take("b")).isPresent();
    }

    @Test
    void aDocumentLargerThanTheRoomIsNotKept() {
        recent.add("a", ByteString.fromString("x".repeat(600)));

        assertThat(recent.take("a")).isEmpty();
    }
}
