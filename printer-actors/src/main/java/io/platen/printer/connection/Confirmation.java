package io.platen.printer.connection;

import akka.util.ByteString;
import io.platen.printer.Brief;
import io.platen.printer.ConnectionSettings;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.language.DeviceStatus;
import java.time.Duration;

/**
 * Asks a printer over its open connection until its answers show that all labels of a document are printed.
 *
 * <p>Silence alone says nothing: printers do not answer while media or ribbon is out or the head is open. A printer that
 * has answered before will answer again; a printer that never has cannot confirm anything.
 */
final class Confirmation {
    private static final Duration POLL = Duration.ofMillis(500);

    /** A silent printer is asked seldom, as each query stays in its buffer until it can answer. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(3);

    /** How long the first job waits to see whether its printer answers status queries at all. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(2);

    private final OpenLine line;
    private final ConnectionSettings settings;
    private final PrintedCheck check;
    private boolean printerAnswers;

    Confirmation(OpenLine line, ConnectionSettings settings, Brief brief, boolean printerHasAnswered) {
        this.line = line;
        this.settings = settings;
        this.check = new PrintedCheck(settings.language().statusQueries(), brief.statusAnswersOwed());
        this.printerAnswers = printerHasAnswered || brief.answersStatus();
    }

    /** Whether the document counts as delivered only when its labels are printed. */
    boolean isWanted() {
        return settings.confirm() == Rung.PRINTED;
    }

    /** Whether confirmation is wanted and it is not known whether this printer answers status queries. */
    boolean isUncertain() {
        return isWanted() && !printerAnswers;
    }

    /** Sends a query before the document, to see whether the printer answers. */
    void askFirst() {
        write(settings.language().statusQueries().get(0));
        line.start(Timer.STATUS_REPLY, FIRST_ANSWER);
    }

    /** The answer to {@link #askFirst} did not come in time, and may still come. */
    void isOwedTheFirstAnswer() {
        check.owesOneMore();
    }

    /** The whole document is written: asks for the first time whether it is printed. */
    void begin() {
        awaitAnswers();
        ask();
    }

    void ask() {
        write(check.nextQuestion());
        line.start(Timer.CONFIRM_POLL, ASK_AGAIN);
    }

    private void write(String query) {
        line.write(PrintData.of(ByteString.fromString(query)));
    }

    /** Restarts the confirm timeout. */
    void awaitAnswers() {
        line.start(Timer.CONFIRM, settings.confirmTimeout());
    }

    /** Whether the words answer a status query, be it ours or the document's own. */
    boolean isAnsweredIn(Words words) {
        boolean isAnswer = words.statuses().anyMatch(status -> status.answerTo() != null);
        printerAnswers |= isAnswer;
        return isAnswer;
    }

    PrintedCheck.Answer heard(DeviceStatus status, long nowNanos) {
        return check.heard(status, nowNanos);
    }

    /** Nothing is decided yet. A printer that says why it cannot print, or prints label after label, may take as long as it needs. */
    void goOn(PrintedCheck.Answer answer, DeviceStatus status) {
        // A status that the printer sends unasked must not postpone the next query.
        if (status.answerTo() != null) {
            line.start(Timer.CONFIRM_POLL, POLL);
        }
        if (answer == PrintedCheck.Answer.GOES_ON || answer == PrintedCheck.Answer.HELD_UP) {
            awaitAnswers();
        }
    }

    void end() {
        line.cancel(Timer.CONFIRM);
        line.cancel(Timer.CONFIRM_POLL);
    }

    /** Whether the printer has left our latest queries unanswered. */
    boolean isUnanswered(long nowNanos) {
        return check.isUnansweredFor(ASK_AGAIN, nowNanos);
    }

    /** Whether the printer has answered before, and so will answer again. */
    boolean willBeAnswered() {
        return printerAnswers;
    }
}
