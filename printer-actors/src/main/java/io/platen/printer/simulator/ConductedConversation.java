package io.platen.printer.simulator;

import io.platen.printer.simulator.Saying.Moment;
import io.platen.printer.simulator.SimulatorTimer.Planned;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection on which the printer behaves as a {@link Conduct} says. */
final class ConductedConversation implements Conversation {
    private static final Duration UNREAD_WAIT = Duration.ofMillis(500);

    private final Works works;
    private final Wire wire;
    private final int connection;
    private final Conduct conduct;
    private final ConversationEnd ending;
    private final Intake intake;
    private final Answerer answerer;
    private final List<Planned> cycles = new ArrayList<>();

    /** Ends the connection some time after the last label; guarded by this. */
    private @Nullable Planned endAfterLabel;

    ConductedConversation(Works works, Wire wire, int connection, Conduct conduct, Intake intake, Answerer answerer) {
        this.works = works;
        this.wire = wire;
        this.connection = connection;
        this.conduct = conduct;
        this.ending = conduct.ending();
        this.intake = intake;
        this.answerer = answerer;
    }

    @Override
    public boolean leavesOpen() {
        return ending.leavesOpen();
    }

    @Override
    public boolean run() throws IOException, InterruptedException {
        say(Moment.AT_ACCEPT);
        sayAfterBytes(-1, 0);
        startCycles();
        try {
            switch (ending.kind()) {
                case RESET_AT_ACCEPT -> {
                    wire.reset();
                    return false;
                }
                case NEVER_READS -> {
                    return false;
                }
                case FIN_FIRST -> wire.halfClose();
                default -> {}
            }
            if (!read()) {
                return false;
            }
            intake.jobEnded();
            say(Moment.AFTER_JOB);
            end();
            return true;
        } finally {
            if (!leavesOpen()) {
                cycles.forEach(Planned::cancel);
            }
        }
    }

    @Override
    public void printed(Label label) {
        say(Moment.AFTER_LABEL);
        boolean endsIt = ending.kind() == ConversationEnd.Kind.RESET_AFTER_LABEL
                || ending.kind() == ConversationEnd.Kind.CLOSE_AFTER_LABEL;
        if (endsIt && label.connection() == connection) {
            synchronized (this) {
                if (endAfterLabel != null) {
                    endAfterLabel.cancel();
                }
                Runnable end = ending.kind() == ConversationEnd.Kind.RESET_AFTER_LABEL ? wire::reset : wire::close;
                endAfterLabel = works.timer().after(Duration.ofMillis(ending.number()), end);
            }
        }
    }

    @Override
    public void stopped() {
        say(Moment.WHEN_STOPPED);
    }

    @Override
    public void wellAgain() {
        say(Moment.WHEN_WELL_AGAIN);
        answerer.wellAgain();
    }

    private boolean read() throws IOException, InterruptedException {
        PrinterInput reading = conduct.reading();
        var pace = new Pace(reading.bytesPerSecond());
        byte[] buffer = new byte[64 * 1024];
        while (true) {
            awaitRoom();
            if (isDue()) {
                return false;
            }
            long before = intake.size();
            int n = wire.read(buffer, (int) Math.min(pace.next(buffer.length), untilSomethingIsDue(before)));
            if (n < 0) {
                return true;
            }
            // The printer may have been stopped while it waited for these bytes.
            awaitRoom();
            if (wire.isClosed()) {
                return false;
            }
            intake.take(buffer, n);
            pace.took(n);
            sayAfterBytes(before, intake.size());
            if (reading.pauseEveryBytes() > 0 && intake.size() % reading.pauseEveryBytes() == 0) {
                wire.awaitClose(reading.pause());
            }
        }
    }

    /** A stopped printer reads only as much as its buffer holds. */
    private void awaitRoom() throws InterruptedException {
        long room = conduct.reading().bytesWhileStopped();
        works.press().awaitWell(() -> wire.isClosed() || intake.size() < room);
    }

    /** How many bytes the printer may read before it has to do something else. */
    private long untilSomethingIsDue(long size) {
        long next = ending.countsBytes() ? ending.number() : Long.MAX_VALUE;
        long every = conduct.reading().pauseEveryBytes();
        if (every > 0) {
            next = Math.min(next, (size / every + 1) * every);
        }
        for (Saying saying : conduct.says()) {
            if (saying.moment() == Moment.AFTER_BYTES && saying.number() > size) {
                next = Math.min(next, saying.number());
            }
        }
        return next - size;
    }

    /** Ends the connection early when its conduct says so. Returns whether it did. */
    private boolean isDue() throws IOException, InterruptedException {
        if (!ending.countsBytes() || intake.size() < ending.number()) {
            return false;
        }
        switch (ending.kind()) {
            case RESET_AFTER_BYTES -> wire.reset();
            case REJECT_AFTER_BYTES -> {
                // Java sends a FIN before it closes unless SO_LINGER is 0. Other programs send none.
                sayBeforeUnread();
                wire.reset();
            }
            case REJECT_AFTER_BYTES_WITH_FIN -> {
                sayBeforeUnread();
                wire.close();
            }
            default -> wire.close();
        }
        return true;
    }

    private void sayBeforeUnread() throws IOException, InterruptedException {
        wire.say(ending.words());
        intake.refused();
        wire.awaitUnread(UNREAD_WAIT);
    }

    /** The sender has ended its side, and everything was read. */
    private void end() throws InterruptedException {
        switch (ending.kind()) {
            case RESET_AFTER_JOB -> {
                wire.awaitClose(Duration.ofMillis(ending.number()));
                wire.reset();
            }
            case FIN_WHEN_PRINTED -> works.press().awaitPrinted(connection, wire::isClosed);
            case RESET_AFTER_LABEL, CLOSE_AFTER_LABEL -> {
                if (endsByItself()) {
                    wire.awaitClose(Conduct.FOR_EVER);
                }
            }
            default -> {}
        }
    }

    private synchronized boolean endsByItself() {
        return endAfterLabel != null;
    }

    private void startCycles() {
        for (Saying saying : conduct.says()) {
            if (saying.isCyclic()) {
                cycles.add(works.timer().every(Duration.ofMillis(saying.number()), () -> sayInCycle(saying)));
            }
        }
    }

    private void sayInCycle(Saying saying) {
        boolean ofStopped = saying.moment() == Moment.EVERY_MILLIS_WHILE_STOPPED;
        if (ofStopped == works.press().isStopped() && !wire.isClosed()) {
            wire.say(saying.words());
        }
    }

    private void say(Moment moment) {
        for (Saying saying : conduct.says()) {
            if (saying.moment() == moment) {
                wire.say(saying.words());
            }
        }
    }

    private void sayAfterBytes(long before, long now) {
        for (Saying saying : conduct.says()) {
            if (saying.moment() == Moment.AFTER_BYTES && saying.number() > before && saying.number() <= now) {
                wire.say(saying.words());
            }
        }
    }
}
