package io.platen.printer.simulator;

import io.platen.printer.simulator.PrinterAnswers.Answering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the status queries of one connection. */
final class Answerer {
    private static final Logger log = LoggerFactory.getLogger(Answerer.class);
    private static final int WRITES_PER_SECOND = 20;

    private final Works works;
    private final Wire wire;
    private final PrinterAnswers answers;
    private final List<Function<HostStatus, String>> owed = new ArrayList<>();

    Answerer(Works works, Wire wire, PrinterAnswers answers) {
        this.works = works;
        this.wire = wire;
        this.answers = answers;
    }

    void hostStatusAsked() {
        asked(answers.hostStatus(), HostStatus::hostStatus);
    }

    void hostQueryAsked() {
        asked(answers.hostQuery(), HostStatus::hostQuery);
    }

    /** Sends the answers that had to wait until the printer is well. */
    void wellAgain() {
        List<Function<HostStatus, String>> now;
        synchronized (owed) {
            now = List.copyOf(owed);
            owed.clear();
        }
        now.forEach(this::answer);
    }

    private void asked(Answering how, Function<HostStatus, String> form) {
        switch (how) {
            case NORMAL -> answer(form);
            case NEVER -> {}
            case NOT_WHILE_OUT -> {
                if (!isOut()) {
                    answer(form);
                }
            }
            case WHEN_WELL_AGAIN -> {
                if (isOut()) {
                    synchronized (owed) {
                        owed.add(form);
                    }
                } else {
                    answer(form);
                }
            }
            case ENDLESS -> {
                var thread = new Thread(this::answerForEver, "simulated-printer-endless");
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private boolean isOut() {
        HostStatus status = status();
        return status.mediaOut() || status.coverOpen();
    }

    private HostStatus status() {
        return works.press().status(works.machine().hasPartialFormat());
    }

    private void answer(Function<HostStatus, String> form) {
        if (answers.delay().isZero()) {
            say(form);
        } else {
            works.timer().after(answers.delay(), () -> say(form));
        }
    }

    private void say(Function<HostStatus, String> form) {
        String words = answers.before() + form.apply(status()) + answers.after();
        if (answers.byteByByte()) {
            words.chars().forEach(one -> wire.say(String.valueOf((char) one)));
        } else {
            wire.say(words);
        }
    }

    private void answerForEver() {
        String chunk = "0".repeat((int) Math.max(1, answers.endlessBytesPerSecond() / WRITES_PER_SECOND));
        try {
            wire.say("\u0002");
            while (!wire.isClosed() && wire.say(chunk)) {
                wire.awaitClose(Duration.ofMillis(1000 / WRITES_PER_SECOND));
            }
        } catch (InterruptedException e) {
            log.debug("An endless answer was interrupted");
        }
    }
}
