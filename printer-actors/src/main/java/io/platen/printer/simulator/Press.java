package io.platen.printer.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Prints labels in the order in which they were read, unless something stops it. It outlives the connections. */
final class Press {
    private static final int KEPT_LABELS = 100_000;
    private static final long KEPT_CHARACTERS = 32L * 1024 * 1024;

    /** Hears what happens. Called without a lock. */
    interface Listener {

        void printed(Label label);

        /** The printer cannot print any more. */
        void stopped();

        void wellAgain();
    }

    private record Waiting(int connection, String text) {}

    private final Duration perLabel;
    private final List<Trouble> schedule;
    private final SimulatorTimer timer;
    private final Listener listener;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Deque<Label> printed = new ArrayDeque<>();
    private final Set<Trouble.Kind> troubles = EnumSet.noneOf(Trouble.Kind.class);
    private long keptCharacters;
    private long count;
    private boolean underWay;
    private boolean held;

    Press(Duration perLabel, List<Trouble> schedule, SimulatorTimer timer, Listener listener) {
        this.perLabel = perLabel;
        this.schedule = schedule;
        this.timer = timer;
        this.listener = listener;
        change(this::beginTroubles);
    }

    void take(int connection, String text) {
        change(() -> waiting.add(new Waiting(connection, text)));
    }

    /** Throws away the labels that wait. */
    void cancelAll() {
        change(waiting::clear);
    }

    void trouble(Trouble.Kind kind, boolean on) {
        change(() -> set(kind, on));
    }

    /** Prints nothing until {@link #release}. */
    synchronized void hold() {
        held = true;
    }

    void release() {
        change(() -> held = false);
    }

    synchronized HostStatus status(boolean partialFormat) {
        return new HostStatus(
                troubles.contains(Trouble.Kind.MEDIA_OUT),
                troubles.contains(Trouble.Kind.PAUSED),
                troubles.contains(Trouble.Kind.COVER_OPEN),
                waiting.size(),
                partialFormat);
    }

    synchronized boolean isStopped() {
        return !troubles.isEmpty();
    }

    /** The latest labels, oldest first. */
    synchronized List<Label> printed() {
        return List.copyOf(printed);
    }

    /** How many labels were printed, also those that are not kept any more. */
    synchronized long count() {
        return count;
    }

    /** Waits while the printer is stopped and {@code goesOn} is false; {@link #wake} lets it ask again. */
    synchronized void awaitWell(BooleanSupplier goesOn) throws InterruptedException {
        while (isStopped() && !goesOn.getAsBoolean()) {
            wait();
        }
    }

    /** Waits until all labels of a connection are printed, or {@code givenUp} is true. */
    synchronized void awaitPrinted(int connection, BooleanSupplier givenUp) throws InterruptedException {
        while (waiting.stream().anyMatch(label -> label.connection() == connection) && !givenUp.getAsBoolean()) {
            wait();
        }
    }

    synchronized void wake() {
        notifyAll();
    }

    private void change(Runnable how) {
        change(news -> how.run());
    }

    private void change(Consumer<List<Runnable>> how) {
        var news = new ArrayList<Runnable>();
        synchronized (this) {
            boolean wasStopped = isStopped();
            how.accept(news);
            printDue(news);
            if (isStopped() != wasStopped) {
                news.add(wasStopped ? listener::wellAgain : listener::stopped);
            }
            notifyAll();
        }
        news.forEach(Runnable::run);
    }

    private void printDue(List<Runnable> news) {
        while (!waiting.isEmpty() && !held && !isStopped() && !underWay) {
            if (perLabel.isZero()) {
                print(news);
            } else {
                underWay = true;
                timer.after(perLabel, () -> change(this::finishLabel));
            }
        }
    }

    /** Prints the label, unless a trouble interrupted it: then it starts again when the trouble is over. */
    private void finishLabel(List<Runnable> news) {
        underWay = false;
        if (!isStopped() && !waiting.isEmpty()) {
            print(news);
        }
    }

    private void print(List<Runnable> news) {
        Waiting next = waiting.remove();
        var label = new Label(next.connection(), next.text(), System.nanoTime());
        count++;
        printed.add(label);
        keptCharacters += label.text().length();
        while (printed.size() > KEPT_LABELS || (keptCharacters > KEPT_CHARACTERS && printed.size() > 1)) {
            keptCharacters -= printed.remove().text().length();
        }
        news.add(() -> listener.printed(label));
        beginTroubles();
    }

    private void beginTroubles() {
        for (Trouble trouble : schedule) {
            if (trouble.afterLabels() == count) {
                set(trouble.kind(), true);
                timer.after(trouble.lasts(), () -> trouble(trouble.kind(), false));
            }
        }
    }

    private void set(Trouble.Kind kind, boolean on) {
        if (on) {
            troubles.add(kind);
        } else {
            troubles.remove(kind);
        }
    }
}
