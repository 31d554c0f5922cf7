package io.platen.printer.connection;

import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.Brief;
import io.platen.printer.ConnectionSettings;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.language.DeviceStatus;
import java.time.Duration;

/**
 * Asks a printer over its open connection whether the labels of a document are out, as often as its answers need.
 *
 * <p>Silence alone says nothing: printers do not answer while media or ribbon is out or the head is open. One that has
 * answered before will answer again; one that never has cannot confirm anything.
 */
final class Confirmation {
    private static final Duration POLL = Duration.ofMillis(500);

    /** A printer that does not answer is asked seldom: each question lies in its buffer until it can. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(3);

    /** How long the first job waits for the answer that shows that its printer answers. */
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

    /** Whether the document counts as delivered only when its labels are out. */
    boolean isWanted() {
        return settings.confirm() == Rung.PRINTED;
    }

    /** Whether it must be seen first that this printer answers at all. */
    boolean isUncertain() {
        return isWanted() && !printerAnswers;
    }

    /** Asks before the document. */
    void askFirst() {
        write(settings.language().statusQueries().get(0));
        line.start(Timer.STATUS_REPLY, FIRST_ANSWER);
    }

    /** The answer to {@link #askFirst} is missing, and may still come. */
    void isOwedTheFirstAnswer() {
        check.owesOneMore();
    }

    /** The whole document is with the printer: asks for the first time. */
    void begin() {
        awaitAnswers();
        ask();
    }

    void ask() {
        write(check.nextQuestion());
        line.start(Timer.CONFIRM_POLL, ASK_AGAIN);
    }

    private void write(String query) {
        line.write(Source.single(ByteString.fromString(query)));
    }

    /** From now on the printer has its confirm timeout again. */
    void awaitAnswers() {
        line.start(Timer.CONFIRM, settings.confirmTimeout());
    }

    /** Whether the words answer a question, whoever asked it. */
    boolean isAnsweredIn(Words words) {
        boolean isAnswer = words.statuses().anyMatch(status -> status.answerTo() != null);
        printerAnswers |= isAnswer;
        return isAnswer;
    }

    PrintedCheck.Answer heard(DeviceStatus status, long nowNanos) {
        return check.heard(status, nowNanos);
    }

    /** Nothing is decided yet. A printer that says why it cannot print, or prints label after label, has all the time it needs. */
    void goOn(PrintedCheck.Answer answer, DeviceStatus status) {
        // A printer that talks unasked must not put the next question off.
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

    /** Whether the printer has left the questions unanswered. */
    boolean isUnanswered(long nowNanos) {
        return check.isUnansweredFor(ASK_AGAIN, nowNanos);
    }

    /** Whether the printer has answered before, and so will again. */
    boolean willBeAnswered() {
        return printerAnswers;
    }
}
