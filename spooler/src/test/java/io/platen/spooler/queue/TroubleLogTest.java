package io.platen.spooler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.platen.spooler.job.PrinterEvent.QueueRestarted;
import io.platen.spooler.job.QueueFixture;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

final class TroubleLogTest {
    private static final QueueState SENDING =
            QueueFixture.after(QueueFixture.configured(), QueueFixture.submitted(1), QueueFixture.started(1));

    private final Logger log = (Logger) LoggerFactory.getLogger(TroubleLogTest.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent line) {
            // Logback takes the MDC only when it is asked for.
            line.prepareForDeferredProcessing();
            super.append(line);
        }
    };

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
        log.setAdditive(false);
        log.setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
    }

    @Test
    void failedAttemptIsOneLineWithItsJob() {
        TroubleLog.note(log, SENDING, QueueFixture.failed(1, Verdict.PASSING));

        assertThat(lines.list).hasSize(1);
        assertThat(lines.list.get(0).getFormattedMessage())
                .isEqualTo("Attempt 1 of job 1 failed, printer ended it (connection-reset): why "
                        + Verdict.PASSING.next());
        assertThat(lines.list.get(0).getMDCPropertyMap()).containsEntry("job", "1");
        assertThat(MDC.get("job")).isNull();
    }

    @Test
    void queueThatGoesOnSaysWhy() {
        TroubleLog.note(log, SENDING, new QueueRestarted(1, QueueRestarted.Why.STATUS, QueueFixture.NOON));
        TroubleLog.note(log, SENDING, new QueueRestarted(1, QueueRestarted.Why.CONNECTION, QueueFixture.NOON));

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "The printer says that it is well. The queue, which had stopped on job 1, goes on",
                        "A connection to the printer holds. The queue, which had stopped on job 1, goes on");
    }

    /** The connection logs that a printer is away, and the rest is no trouble. */
    @Test
    void everythingElseIsNotLogged() {
        TroubleLog.note(log, SENDING, QueueFixture.failed(1, Verdict.AWAY));
        TroubleLog.note(log, SENDING, QueueFixture.delivered(1));
        TroubleLog.note(log, SENDING, QueueFixture.configured());

        assertThat(lines.list).isEmpty();
    }
}
