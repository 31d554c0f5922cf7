package io.platen.spooler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import io.platen.printer.AttemptId;
import io.platen.printer.connection.ConnectionSignal.Ready;
import io.platen.printer.connection.PrinterConnection;
import io.platen.printer.connection.PrinterConnection.Probe;
import io.platen.printer.connection.PrinterConnection.Report;
import io.platen.printer.connection.PrinterConnection.Retire;
import io.platen.spooler.job.PrinterEvent.PrinterPaused;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.QueueFixture;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Verdict;
import io.platen.spooler.queue.PrintQueue.ConnectionOpened;
import io.platen.spooler.queue.PrintQueue.ConnectionSaid;
import org.junit.jupiter.api.Test;

final class QueueConnectionTest {
    private static final PrinterProfile PROFILE = QueueFixture.profile();
    private static final QueueState WAITING =
            QueueFixture.after(QueueFixture.configured(), QueueFixture.submitted(1), QueueFixture.submitted(2));

    private final TestInbox<PrinterConnection.Command> inbox = TestInbox.create();
    private final QueueConnection connection = new QueueConnection();

    @Test
    void freshConnectionMayStartWhenItIsReady() {
        opened(1, 0, true);
        assertThat(connection.mayStart()).isFalse();

        connection.saidReady(false);

        assertThat(connection.mayStart()).isTrue();
        assertThat(inbox.getAllReceived()).isEmpty();
    }

    @Test
    void restartedQueueAsksForAReportAndStartsNothingBeforeIt() {
        opened(1, 0, false);
        connection.ended(true);
        assertThat(connection.mayStart()).isFalse();

        connection.reported(true);

        assertThat(connection.mayStart()).isTrue();
        assertThat(inbox.getAllReceived()).containsExactly(new Report());
    }

    /** A document may be on its way to it, or it may have died over one. */
    @Test
    void readyWhileAnAttemptIsUnderWayIsAnsweredWithAQuestion() {
        opened(1, 0, true);
        connection.saidReady(true);

        assertThat(connection.isReportAwaited()).isTrue();
        assertThat(connection.mayStart()).isFalse();
        assertThat(inbox.getAllReceived()).containsExactly(new Report());
    }

    @Test
    void whatAnEarlierConnectionSaidIsNoNews() {
        opened(2, 5, true);

        assertThat(connection.isNews(new ConnectionSaid(1, 6, new Ready()))).isFalse();
        assertThat(connection.isNews(new ConnectionSaid(2, 5, new Ready()))).isFalse();
        assertThat(connection.isNews(new ConnectionSaid(2, 6, new Ready()))).isTrue();
        connection.forget();
        assertThat(connection.isNews(new ConnectionSaid(2, 7, new Ready()))).isFalse();
    }

    @Test
    void isReopenedForAnotherProfileBetweenTwoAttempts() {
        opened(1, 0, true);
        connection.saidReady(false);
        QueueState sending = WAITING.after(QueueFixture.started(1));
        assertThat(connection.mustReopen(WAITING)).isFalse();

        connection.outdated();

        assertThat(connection.mayStart()).isFalse();
        assertThat(connection.mustReopen(sending)).isFalse();
        assertThat(connection.mustReopen(WAITING)).isTrue();
        assertThat(connection.mustReopen(QueueFixture.after()))
                .as("there is no printer")
                .isFalse();
    }

    @Test
    void outdatedConnectionOfARestartedQueueIsToldSo() {
        connection.opened(
                new ConnectionOpened(inbox.getRef(), 1, PROFILE.at("socket://127.0.0.1:2"), 0, false), PROFILE);

        assertThat(inbox.getAllReceived()).containsExactly(new Report(), new Retire());
    }

    @Test
    void startsOneAttemptAndNotTheNextBeforeItIsReadyAgain() {
        opened(1, 0, true);
        connection.saidReady(false);
        var work = new QueueWork(WAITING, QueueFixture.NOON);

        connection.start(work);
        connection.start(work);

        assertThat(work.events()).hasSize(1);
        assertThat(work.state().underWay()).isEqualTo(new AttemptId(1, 1));
        assertThat(connection.mayStart()).isFalse();
    }

    @Test
    void startsNothingWhenDraining() {
        opened(1, 0, true);
        connection.saidReady(false);
        connection.drain();
        connection.forget();
        opened(2, 0, true);
        connection.saidReady(false);
        var work = new QueueWork(WAITING, QueueFixture.NOON);

        connection.start(work);

        assertThat(work.events()).isEmpty();
    }

    @Test
    void probesOnceForAQueueThatHasStopped() {
        QueueState stopped = WAITING.after(QueueFixture.started(1)).after(QueueFixture.failed(1, Verdict.UNWELL));
        opened(1, 0, true);
        connection.probeIfNeeded(stopped);
        assertThat(inbox.hasMessages()).as("it is not ready").isFalse();
        connection.saidReady(false);

        connection.probeIfNeeded(WAITING);
        connection.probeIfNeeded(stopped.after(new PrinterPaused(QueueFixture.NOON, null)));
        assertThat(inbox.hasMessages()).isFalse();
        connection.probeIfNeeded(stopped);
        connection.probeIfNeeded(stopped);

        assertThat(inbox.getAllReceived()).containsExactly(new Probe());
    }

    private void opened(int number, long signals, boolean fresh) {
        connection.opened(new ConnectionOpened(inbox.getRef(), number, PROFILE, signals, fresh), PROFILE);
    }
}
