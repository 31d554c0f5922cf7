package io.platen.printer.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** A connection on which the printer does what {@link RandomConduct} chose. */
final class RandomConversation implements Conversation {
    private static final int MOST_BYTES_AT_ONCE = 2048;
    private static final int KEPT_CHOICES = 10_000;
    private static final Duration UNREAD_WAIT = Duration.ofMillis(50);

    private final RandomConduct conduct;
    private final Iterator<Choice> choices;
    private final Works works;
    private final Wire wire;
    private final Intake intake;
    private final Consumer<Duration> refusingConnections;
    private final byte[] buffer = new byte[MOST_BYTES_AT_ONCE];
    private final List<Choice> did = new ArrayList<>();
    private boolean halfClosed;
    private boolean senderEnded;
    private boolean refused;

    RandomConversation(
            RandomConduct conduct,
            Iterator<Choice> choices,
            Works works,
            Wire wire,
            Intake intake,
            Consumer<Duration> refusingConnections) {
        this.conduct = conduct;
        this.choices = choices;
        this.works = works;
        this.wire = wire;
        this.intake = intake;
        this.refusingConnections = refusingConnections;
    }

    @Override
    public boolean leavesOpen() {
        return false;
    }

    @Override
    public boolean run() throws IOException, InterruptedException {
        works.press().hold();
        try {
            while (!wire.isClosed()) {
                Choice choice = choices.next();
                if (act(choice) && did.size() < KEPT_CHOICES) {
                    did.add(choice);
                }
            }
            return senderEnded;
        } finally {
            // Every label that was read whole is printed.
            works.press().release();
        }
    }

    Deeds deeds(int connection) {
        return new Deeds(connection, did, refused, intake.last(), intake.size());
    }

    @Override
    public void printed(Label label) {}

    @Override
    public void stopped() {}

    @Override
    public void wellAgain() {}

    /** Does what was chosen. Returns whether it had an effect. */
    private boolean act(Choice choice) throws IOException, InterruptedException {
        return switch (choice.act()) {
            case READ -> read(choice);
            case PRINT -> print();
            case SAY -> {
                List<String> words = conduct.tongue().words();
                yield say(words.get(choice.of(words.size()) % words.size()));
            }
            case ACKNOWLEDGE -> say(conduct.tongue().acknowledgement());
            case FALL_SILENT -> {
                wire.awaitClose(share(choice));
                yield true;
            }
            case HALF_CLOSE -> halfClose();
            case CLOSE -> {
                wire.close();
                yield true;
            }
            case RESET -> {
                wire.reset();
                yield true;
            }
            case REFUSE_JOB -> refuseJob();
            case REFUSE_CONNECTIONS -> {
                refusingConnections.accept(share(choice));
                yield true;
            }
        };
    }

    private Duration share(Choice choice) {
        return Duration.ofMillis(choice.of(conduct.longestSilence().toMillis()));
    }

    /** Reads some bytes. When the sender has ended its side, ends the printer's side, too. */
    private boolean read(Choice choice) throws IOException {
        if (senderEnded) {
            wire.close();
            return true;
        }
        int n = wire.read(buffer, choice.of(MOST_BYTES_AT_ONCE), share(choice));
        if (n > 0) {
            intake.take(buffer, n);
        } else if (n < 0) {
            senderEnded = true;
            intake.jobEnded();
        }
        return n != Wire.NOTHING;
    }

    private boolean print() {
        works.press().release();
        works.press().hold();
        return true;
    }

    private boolean say(String words) {
        return !halfClosed && !words.isEmpty() && wire.say(words);
    }

    private boolean halfClose() {
        if (halfClosed) {
            return false;
        }
        wire.halfClose();
        halfClosed = true;
        return true;
    }

    private boolean refuseJob() throws IOException, InterruptedException {
        if (intake.size() == 0 || !say(RandomConduct.REFUSAL)) {
            return false;
        }
        refused = true;
        intake.refused();
        if (!senderEnded) {
            wire.awaitUnread(UNREAD_WAIT);
        }
        wire.reset();
        return true;
    }
}
