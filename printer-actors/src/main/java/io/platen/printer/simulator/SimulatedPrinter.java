package io.platen.printer.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A label printer on a real socket. It serves one connection at a time, as label printers do; a
 * second sender waits in the listen queue.
 *
 * <p>Commands (pause, out of media, refuse, restart) may be called by any thread, at any time.
 */
public final class SimulatedPrinter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SimulatedPrinter.class);

    private final Works works;
    private final PrinterPort door;
    private final Iterator<Choice> choices;
    private final Consumer<Received> onReceived;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Deeds> deeds = new CopyOnWriteArrayList<>();
    private final List<Wire> neverClosed = new ArrayList<>();
    private final Object lock = new Object();
    private final long startNanos = System.nanoTime();
    private final Thread thread;

    private volatile @Nullable Conversation conversation;
    private @Nullable Wire current;
    private boolean closed;
    private int connections;

    /** Used by the printer's own thread only. */
    private long lastEndNanos;

    private SimulatedPrinter(SimulatorSettings settings, Consumer<Received> onReceived) throws IOException {
        this.onReceived = onReceived;
        this.door = new PrinterPort(settings.bind(), settings.port(), settings.receiveBufferBytes());
        RandomConduct random = settings.random();
        this.choices =
                (random == null ? RandomConduct.seeded(0) : random).choices().iterator();
        var timer = new SimulatorTimer("simulated-printer-timer-" + door.port());
        Conduct conduct = settings.conduct();
        var press = new Press(conduct.printing().perLabel(), conduct.troubles(), timer, new ToConversation());
        this.works = new Works(settings, new LabelMachine(), press, timer, new AtomicLong());
        this.thread = new Thread(this::serve, "simulated-printer-" + door.port());
        thread.setDaemon(true);
    }

    /** Starts a printer, which listens when this returns. */
    public static SimulatedPrinter start(SimulatorSettings settings) {
        return start(settings, received -> {});
    }

    /** Starts a printer that reports what it received on each connection. */
    public static SimulatedPrinter start(SimulatorSettings settings, Consumer<Received> onReceived) {
        try {
            var printer = new SimulatedPrinter(settings, onReceived);
            printer.thread.start();
            return printer;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on " + settings.bind() + ":" + settings.port(), e);
        }
    }

    public int port() {
        return door.port();
    }

    /** The printer's URI for Platen. */
    public String uri() {
        return "socket://" + works.settings().bind() + ":" + port();
    }

    /** What it received on each ended connection, oldest first. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** The printed labels, oldest first: the latest 100,000, or the latest 32 million characters of them. */
    public List<Label> printed() {
        return works.press().printed();
    }

    /** How many labels it has printed, on all connections. */
    public long labels() {
        return works.press().count();
    }

    /** What it did on each ended connection of its {@link RandomConduct}, oldest first. */
    public List<Deeds> deeds() {
        return List.copyOf(deeds);
    }

    /** How many bytes it has read, on all connections. */
    public long bytes() {
        return works.bytes().get();
    }

    /** How many connections it has accepted. */
    public int connections() {
        synchronized (lock) {
            return connections;
        }
    }

    /** Pauses the printer or lets it go on. A paused printer does not print, and reads only until its buffer is full. */
    public void pause(boolean pause) {
        works.press().trouble(Trouble.Kind.PAUSED, pause);
    }

    /** Takes the media out, which stops the printer as a pause does, or puts new media in. */
    public void outOfMedia(boolean out) {
        works.press().trouble(Trouble.Kind.MEDIA_OUT, out);
    }

    /** Opens the cover, which stops the printer as a pause does, or shuts it. */
    public void openCover(boolean open) {
        works.press().trouble(Trouble.Kind.COVER_OPEN, open);
    }

    /** Refuses connections, or accepts them again. The current connection goes on. */
    public void refuse(boolean refuse) {
        if (refuse) {
            door.shut();
        } else {
            door.open();
        }
    }

    /** Power off and on. The printer forgets the current connection, and the labels that were not printed. */
    public void restart() {
        refuse(true);
        synchronized (lock) {
            Wire forgotten = current;
            if (forgotten != null) {
                forgotten.reset();
                // A read under way keeps the socket alive in the kernel for a moment.
                awaitEndOf(forgotten);
            }
        }
        works.machine().powerOff();
        works.press().cancelAll();
        refuse(false);
    }

    @Override
    public void close() {
        door.closeForEver();
        synchronized (lock) {
            closed = true;
            if (current != null) {
                current.close();
            }
            neverClosed.forEach(Wire::close);
            lock.notifyAll();
        }
        works.timer().close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        while (door.accept(this::enter)) {
            try {
                converse();
            } catch (IOException e) {
                log.debug("Simulated printer on port {}: {}", port(), e.getMessage());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void enter(Socket socket) {
        synchronized (lock) {
            connections++;
            current = new Wire(socket, works.press()::wake);
        }
    }

    private void converse() throws IOException, InterruptedException {
        Wire wire;
        int connection;
        synchronized (lock) {
            wire = Objects.requireNonNull(current);
            connection = connections;
        }
        boolean leftOpen = false;
        try {
            leftOpen = converse(wire, connection);
        } finally {
            conversation = null;
            if (!leftOpen) {
                wire.close();
            }
            synchronized (lock) {
                current = null;
                lastEndNanos = System.nanoTime();
                if (leftOpen) {
                    neverClosed.add(wire);
                }
                lock.notifyAll();
            }
        }
    }

    /** Runs the connection to its end. Returns whether its socket stays open. */
    private boolean converse(Wire wire, int connection) throws IOException, InterruptedException {
        SimulatorSettings settings = works.settings();
        Conduct conduct = settings.conduct().on(connection, sinceStart());
        var answerer = new Answerer(works, wire, conduct.answers());
        boolean complete = false;
        var intake = new Intake(works, connection, conduct, answerer, comesTooSoon(connection, conduct));
        try (intake) {
            RandomConduct random = settings.random();
            if (random == null || connection > random.worstUntil()) {
                var conducted = new ConductedConversation(works, wire, connection, conduct, intake, answerer);
                conversation = conducted;
                complete = conducted.run();
                return conducted.leavesOpen();
            }
            var chosen = new RandomConversation(random, choices, works, wire, intake, this::refuseFor);
            try {
                complete = chosen.run();
            } finally {
                deeds.add(chosen.deeds(connection));
            }
            return false;
        } finally {
            Received brought = intake.received(complete);
            received.add(brought);
            onReceived.accept(brought);
        }
    }

    private Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private boolean comesTooSoon(int connection, Conduct conduct) {
        Duration pause = Duration.ofNanos(System.nanoTime() - lastEndNanos);
        return connection > 1 && pause.compareTo(conduct.pauseNeeded()) < 0;
    }

    private void refuseFor(Duration time) {
        door.shut();
        works.timer().after(time, door::open);
    }

    /** Call with the lock held. */
    private void awaitEndOf(Wire wire) {
        try {
            while (current == wire && !closed) {
                lock.wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells the conversation under way what the press does. */
    private final class ToConversation implements Press.Listener {
        @Override
        public void printed(Label label) {
            tell(to -> to.printed(label));
        }

        @Override
        public void stopped() {
            tell(Press.Listener::stopped);
        }

        @Override
        public void wellAgain() {
            tell(Press.Listener::wellAgain);
        }

        private void tell(Consumer<Conversation> what) {
            Conversation underWay = conversation;
            if (underWay != null) {
                what.accept(underWay);
            }
        }
    }
}
