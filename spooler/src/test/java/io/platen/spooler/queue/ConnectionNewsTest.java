package io.platen.spooler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import io.platen.printer.AttemptId;
import io.platen.printer.connection.ConnectionSignal;
import io.platen.printer.connection.ConnectionSignal.Ended;
import io.platen.printer.connection.ConnectionSignal.Probed;
import io.platen.printer.connection.ConnectionSignal.Ready;
import io.platen.printer.connection.ConnectionSignal.Reported;
import io.platen.printer.connection.PrinterConnection;
import io.platen.printer.connection.PrinterConnection.Cancel;
import io.platen.printer.connection.PrinterConnection.Report;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.printer.diagnosis.Rung;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.AttemptDelivered;
import io.platen.spooler.job.PrinterEvent.AttemptFailed;
import io.platen.spooler.job.PrinterEvent.QueueRestarted;
import io.platen.spooler.job.QueueFixture;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Verdict;
import io.platen.spooler.queue.PrintQueue.ConnectionOpened;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConnectionNewsTest {
    private static final AttemptId FIRST = new AttemptId(1, 1);
    private static final QueueState SENDING = QueueFixture.after(
            QueueFixture.configured(), QueueFixture.submitted(1), QueueFixture.submitted(2), QueueFixture.started(1));

    private final TestInbox<PrinterConnection.Command> printer = TestInbox.create();
    private final QueueConnection connection = new QueueConnection();
    private final ConnectionNews news = new ConnectionNews(connection, bytes -> false);

    @Test
    void endOfTheAttemptIsAnEventAndTheConnectionMayBeReadyForTheNext() {
        open(true);

        assertThat(hear(SENDING, ended(FIRST, true))).hasSize(1).first().isInstanceOf(AttemptDelivered.class);
        assertThat(connection.mayStart()).isTrue();
        assertThat(hear(SENDING, ended(new AttemptId(2, 1), false)))
                .as("of another attempt")
                .isEmpty();
    }

    @Test
    void readyBesideAnAttemptIsAskedForAReport() {
        open(true);

        assertThat(hear(SENDING, new Ready())).isEmpty();
        assertThat(printer.getAllReceived()).containsExactly(new Report());
    }

    @Test
    void reportWithTheEndOfTheAttemptIsThatEnd() {
        open(false);

        assertThat(hear(SENDING, new Reported(null, ended(FIRST, false), true)))
                .hasSize(1)
                .first()
                .isInstanceOf(AttemptDelivered.class);
        assertThat(connection.mayStart()).isTrue();
    }

    /** The connection died over it: nobody knows how far it came. */
    @Test
    void reportThatKnowsNothingOfTheAttemptInterruptsIt() {
        open(false);

        var events = hear(SENDING, new Reported(null, null, true));

        assertThat(events).hasSize(1);
        assertThat(((AttemptFailed) events.get(0)).failure().cause()).isEqualTo(Cause.INTERRUPTED);
    }

    @Test
    void attemptThatTheQueueDoesNotKnowIsTakenBack() {
        open(false);
        var unknown = new AttemptId(9, 1);

        assertThat(hear(SENDING, new Reported(unknown, null, false))).isEmpty();
        assertThat(printer.getAllReceived()).containsExactly(new Report(), new Cancel(unknown));
    }

    @Test
    void reportThatNobodyAskedForChangesNothing() {
        open(true);

        assertThat(hear(SENDING, new Reported(null, null, true))).isEmpty();
        assertThat(connection.mayStart()).isFalse();
    }

    @Test
    void printerThatSaysThatItIsWellRestartsAStoppedQueue() {
        open(true);
        QueueState stopped = SENDING.after(QueueFixture.failed(1, Verdict.UNWELL));

        assertThat(hear(stopped, new Probed(true)))
                .containsExactly(new QueueRestarted(1, QueueRestarted.Why.STATUS, QueueFixture.NOON));
        assertThat(connection.mayStart()).isTrue();
    }

    private void open(boolean fresh) {
        connection.opened(
                new ConnectionOpened(printer.getRef(), 1, QueueFixture.profile(), 0, fresh), QueueFixture.profile());
    }

    private static Ended ended(AttemptId attempt, boolean ready) {
        return new Ended(
                attempt,
                new DeliveryResult.Delivered(Rung.CLOSED, new ByteCounts(10, 10L, 10), null, null, List.of()),
                ready);
    }

    private List<PrinterEvent> hear(QueueState state, ConnectionSignal signal) {
        var work = new QueueWork(state, QueueFixture.NOON);
        news.hear(signal, work);
        return work.events();
    }
}
