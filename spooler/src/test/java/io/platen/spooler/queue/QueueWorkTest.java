package io.platen.spooler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.spooler.job.PrinterEvent.AttemptStarted;
import io.platen.spooler.job.PrinterEvent.PrinterConfigured;
import io.platen.spooler.job.PrinterEvent.PrinterRemoved;
import io.platen.spooler.job.QueueFixture;
import io.platen.spooler.job.QueueState;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QueueWorkTest {
    private static final QueueState WAITING =
            QueueFixture.after(QueueFixture.configured(), QueueFixture.submitted(1), QueueFixture.submitted(2));

    private final QueueWork work = new QueueWork(WAITING, QueueFixture.NOON);

    @Test
    void keepsTheStateBeforeAndAfterItsEvents() {
        work.add(List.of(QueueFixture.started(1), QueueFixture.delivered(1)));

        assertThat(work.before()).isSameAs(WAITING);
        assertThat(work.events()).hasSize(2);
        assertThat(work.state().events()).isEqualTo(WAITING.events() + 2);
    }

    @Test
    void startsOneAttemptAtATime() {
        assertThat(work.start()).isTrue();
        assertThat(work.start()).isFalse();

        assertThat(work.events()).containsExactly(new AttemptStarted(1, 1, QueueFixture.NOON));
    }

    @Test
    void printerIsConfiguredWhateverItsProfileWasBefore() {
        work.add(List.of(QueueFixture.submitted(3)));
        assertThat(work.configuresPrinter()).isFalse();
        work.add(List.of(new PrinterRemoved(QueueFixture.NOON, null)));
        assertThat(work.configuresPrinter()).as("there is none").isFalse();
        work.add(List.of(new PrinterConfigured(QueueFixture.profile(), QueueFixture.NOON, null)));
        assertThat(work.configuresPrinter()).as("its connection was closed").isTrue();
    }
}
