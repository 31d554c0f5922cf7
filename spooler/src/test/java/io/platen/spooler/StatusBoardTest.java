package io.platen.spooler;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.ConnectionStatus;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.PrinterRemoved;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueFixture;
import io.platen.spooler.job.QueueState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatusBoardTest {
    private static final PrinterId DOCK = QueueFixture.DOCK;
    private static final QueueState CONFIGURED = QueueFixture.after(QueueFixture.configured());

    private final StatusBoard board = new StatusBoard();

    @Test
    void showsPrintersThatAreConfiguredById() {
        board.publishQueue(new PrinterId("z"), CONFIGURED, List.of());
        board.publishQueue(new PrinterId("a"), CONFIGURED, List.of());

        assertThat(board.all()).extracting(PrinterStatus::id).containsExactly(new PrinterId("a"), new PrinterId("z"));
    }

    @Test
    void removedPrinterIsNotShownButItsQueueIsKnown() {
        board.publishQueue(DOCK, CONFIGURED.after(new PrinterRemoved(QueueFixture.NOON, null)), List.of());

        assertThat(board.find(DOCK)).isEmpty();
        assertThat(board.queue(DOCK)).isPresent();
        assertThat(board.queues()).containsOnlyKeys(DOCK);
    }

    @Test
    void connectionThatWasNeverPublishedIsClosed() {
        board.publishQueue(DOCK, CONFIGURED, List.of());

        assertThat(board.find(DOCK).orElseThrow().line()).isEqualTo(ConnectionStatus.closed(CONFIGURED.stateSince()));
    }

    @Test
    void printerWhoseQueueHasNotRecoveredIsNotShown() {
        board.publishLine(DOCK, ConnectionStatus.closed(QueueFixture.NOON));

        assertThat(board.find(DOCK)).isEmpty();
        assertThat(board.queue(DOCK)).isEmpty();
    }

    @Test
    void listenersHearEachBatchWhenItIsPublished() {
        var heard = new ArrayList<PrinterEvent>();
        board.listen((printer, state, events) -> {
            assertThat(board.queue(printer)).contains(state);
            heard.addAll(events);
        });

        board.publishQueue(DOCK, CONFIGURED, List.of(QueueFixture.configured()));

        assertThat(heard).containsExactly(QueueFixture.configured());
    }
}
