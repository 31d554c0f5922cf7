package io.platen.spooler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.AttemptId;
import io.platen.printer.connection.PrintData;
import io.platen.printer.connection.PrinterConnection;
import io.platen.printer.connection.PrinterConnection.Cancel;
import io.platen.printer.connection.PrinterConnection.Deliver;
import io.platen.printer.connection.PrinterConnection.Retire;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.FailureDiscarded;
import io.platen.spooler.job.PrinterEvent.FailureResubmitted;
import io.platen.spooler.job.PrinterEvent.JobCanceled;
import io.platen.spooler.job.PrinterEvent.PrinterConfigured;
import io.platen.spooler.job.PrinterEvent.PrinterRemoved;
import io.platen.spooler.job.QueueFixture;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Verdict;
import io.platen.spooler.queue.PrintQueue.ConnectionOpened;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class QueueEffectsTest {
    private static final QueueState WAITING =
            QueueFixture.after(QueueFixture.configured(), QueueFixture.submitted(1), QueueFixture.submitted(2));
    private static final QueueState SENDING = WAITING.after(QueueFixture.started(1));
    private static final QueueState CONDEMNED = SENDING.after(QueueFixture.failed(1, Verdict.POISONED));

    private final TestInbox<PrinterConnection.Command> printer = TestInbox.create();
    private final TestInbox<PrinterEntity.Command> entity = TestInbox.create();
    private final ToldFiling filing = new ToldFiling();
    private final QueueConnection connection = new QueueConnection();
    private final QueueEffects effects = new QueueEffects(
            QueueFixture.DOCK, ticket -> PrintData.of(Source.<ByteString>empty()), filing, connection, entity.getRef());

    @BeforeEach
    void open() {
        connection.opened(
                new ConnectionOpened(printer.getRef(), 1, QueueFixture.profile(), 0, true), QueueFixture.profile());
    }

    @Test
    void startedAttemptSendsTheDocument() {
        follow(WAITING, QueueFixture.started(1));

        var deliver = (Deliver) printer.receiveMessage();
        assertThat(deliver.attempt()).isEqualTo(new AttemptId(1, 1));
        assertThat(deliver.totalBytes()).isEqualTo(10);
        assertThat(deliver.brief().afterPartialFormat()).isFalse();
    }

    @Test
    void condemnedJobIsFiled() {
        follow(SENDING, QueueFixture.failed(1, Verdict.POISONED));
        follow(SENDING, QueueFixture.failed(1, Verdict.PASSING));

        assertThat(filing.told).containsExactly("condemned 1");
    }

    @Test
    void jobThatLeavesFailureStorageTakesItsFolderAlong() {
        follow(CONDEMNED, new FailureDiscarded(1, null, QueueFixture.NOON, null));
        follow(CONDEMNED, new FailureResubmitted(1, new JobRef(QueueFixture.DOCK, 3), QueueFixture.NOON, null));
        follow(CONDEMNED, new PrinterRemoved(QueueFixture.NOON, null));

        assertThat(filing.told).containsExactly("taken out 1", "taken out 1", "taken out 1");
    }

    @Test
    void cancelTakesBackTheAttemptUnderWayAndNoOther() {
        follow(SENDING, new JobCanceled(2, QueueFixture.NOON, null));
        assertThat(printer.hasMessages()).isFalse();

        follow(SENDING, new JobCanceled(1, QueueFixture.NOON, null));
        assertThat(printer.getAllReceived()).containsExactly(new Cancel(new AttemptId(1, 1)));
    }

    @Test
    void newProfileRetiresTheConnection() {
        follow(WAITING, new PrinterConfigured(QueueFixture.profile(), QueueFixture.NOON, null));

        assertThat(printer.getAllReceived()).containsExactly(new Retire());
        assertThat(connection.mustReopen(WAITING)).isTrue();
    }

    /** Both in one write: the connection is closed, and another is opened. */
    @Test
    void printerThatIsRemovedAndMadeAgainGetsAConnection() {
        var removed = new PrinterRemoved(QueueFixture.NOON, null);
        var again = QueueFixture.configured();
        QueueState after = WAITING.after(removed).after(again);

        effects.follow(WAITING, after, removed);
        effects.follow(WAITING, after, again);

        assertThat(entity.getAllReceived()).containsExactly(new PrinterEntity.CloseConnection());
        assertThat(connection.mustReopen(after)).isTrue();
    }

    private void follow(QueueState before, PrinterEvent event) {
        effects.follow(before, before.after(event), event);
    }
}
