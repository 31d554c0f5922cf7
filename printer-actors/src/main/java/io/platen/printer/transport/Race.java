package io.platen.printer.transport;

import akka.util.ByteString;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first of several addresses that answers (RFC 8305, section 5). The next address is tried when the one
 * before it has failed or has not answered for 250 ms. The first connection wins; the others are closed before anything is
 * sent over them.
 */
public final class Race {
    private static final Duration NEXT_AFTER = Duration.ofMillis(250);

    /** Hears what happens. Called on the event loops, so implementations must return quickly. */
    public interface Listener {
        /** This address is tried now. */
        void trying(InetSocketAddress address);

        /** This address did not connect. */
        void failed(InetSocketAddress address, Throwable cause);

        /** This connection has won. The winner's listener hears what happens on it from now on. */
        void connected(Line line);

        /** No address connected; {@code cause} is the failure that says most. */
        void lost(Throwable cause);
    }

    private final PrinterTransport transport;
    private final SocketSettings settings;
    private final Listener listener;
    private final LineListener winner;
    private final Deque<InetSocketAddress> waiting;
    private final List<Runner> running = new ArrayList<>();
    private @Nullable Throwable mostTelling;
    private @Nullable Future<?> timeOut;
    private boolean over;
    private @Nullable Runner first;

    private Race(
            PrinterTransport transport,
            List<InetSocketAddress> addresses,
            SocketSettings settings,
            Listener listener,
            LineListener winner) {
        this.transport = transport;
        this.settings = settings;
        this.listener = listener;
        this.winner = winner;
        this.waiting = new ArrayDeque<>(interleaved(addresses));
    }

    /**
     * Starts to connect.
     *
     * @param addresses one or more
     * @param within how long the whole race may take
     * @param winner hears what happens on the connection that wins
     */
    public static Race start(
            PrinterTransport transport,
            List<InetSocketAddress> addresses,
            SocketSettings settings,
            Duration within,
            Listener listener,
            LineListener winner) {
        var race = new Race(transport, addresses, settings, listener, winner);
        race.next();
        race.endsAfter(within);
        return race;
    }

    /** The timer is stopped when the race is over, so that it does not keep a connection of long ago in memory. */
    private void endsAfter(Duration within) {
        var timer = transport.later(within, this::timeOut);
        synchronized (this) {
            timeOut = timer;
            if (over) {
                stopTimer();
            }
        }
    }

    private void stopTimer() {
        if (timeOut != null) {
            try {
                timeOut.cancel(false);
            } catch (RejectedExecutionException e) {
                // The transport goes down, and its timers with it.
            }
        }
    }

    /** Takes addresses of IPv4 and IPv6 in turn, beginning with the family of the first one (RFC 8305, section 4). */
    static List<InetSocketAddress> interleaved(List<InetSocketAddress> addresses) {
        boolean firstIsV6 = addresses.get(0).getAddress() instanceof Inet6Address;
        var same = new ArrayDeque<InetSocketAddress>();
        var other = new ArrayDeque<InetSocketAddress>();
        for (InetSocketAddress address : addresses) {
            ((address.getAddress() instanceof Inet6Address) == firstIsV6 ? same : other).add(address);
        }
        var all = new ArrayList<InetSocketAddress>(addresses.size());
        while (!same.isEmpty() || !other.isEmpty()) {
            if (!same.isEmpty()) {
                all.add(same.remove());
            }
            if (!other.isEmpty()) {
                all.add(other.remove());
            }
        }
        return all;
    }

    /**
     * Ends the race. The listener hears nothing more, and no socket stays open: not the winner's either, whose news may
     * still be on its way. So nobody cancels a race whose connection is in use.
     */
    public void cancel() {
        List<Runner> all;
        synchronized (this) {
            over = true;
            stopTimer();
            all = new ArrayList<>(running);
            if (first != null) {
                all.add(first);
            }
        }
        all.forEach(Runner::close);
    }

    private void next() {
        Runner runner;
        synchronized (this) {
            InetSocketAddress address = over ? null : waiting.poll();
            if (address == null) {
                return;
            }
            runner = new Runner(address);
            running.add(runner);
        }
        runner.run();
        if (!waitingIsEmpty()) {
            var unused = transport.later(NEXT_AFTER, () -> {
                if (isStillRunning(runner)) {
                    next();
                }
            });
        }
    }

    private synchronized boolean waitingIsEmpty() {
        return waiting.isEmpty();
    }

    private synchronized boolean isStillRunning(Runner runner) {
        return running.contains(runner);
    }

    private void timeOut() {
        Throwable cause;
        synchronized (this) {
            if (over) {
                return;
            }
            cause = mostTelling == null ? new ConnectTimeoutException("No address answered in time") : mostTelling;
        }
        cancel();
        listener.lost(cause);
    }

    /** Whether this runner is the first to connect. If so, closes the others. */
    private boolean won(Runner runner) {
        List<Runner> losers;
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
            stopTimer();
            first = runner;
            running.remove(runner);
            losers = List.copyOf(running);
        }
        losers.forEach(Runner::close);
        return true;
    }

    private void lost(Runner runner, Throwable cause) {
        Throwable all = null;
        synchronized (this) {
            running.remove(runner);
            if (over) {
                return;
            }
            mostTelling = mostTelling == null || telling(cause) > telling(mostTelling) ? cause : mostTelling;
            if (running.isEmpty() && waiting.isEmpty()) {
                over = true;
                stopTimer();
                all = mostTelling;
            }
        }
        listener.failed(runner.address, cause);
        if (all != null) {
            listener.lost(all);
        } else {
            next();
        }
    }

    /** How much a failure says: a refusal shows that a machine is there, and a missing answer says least. */
    private static int telling(Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        if (cause instanceof ConnectTimeoutException || text.contains("timed out")) {
            return 0;
        } else if (cause instanceof NoRouteToHostException) {
            return 1;
        }
        return cause instanceof ConnectException ? 3 : 2;
    }

    /** One address. Events of its connection are kept until it has won, and then go to the winner's listener. */
    private final class Runner implements LineListener {
        private final InetSocketAddress address;
        private final List<Consumer<LineListener>> early = new ArrayList<>();
        private @Nullable Line line;
        private boolean stands;
        private boolean isClosed;
        private boolean hasWon;

        Runner(InetSocketAddress address) {
            this.address = address;
        }

        void run() {
            listener.trying(address);
            Line opened = transport.connect(address, settings, this);
            synchronized (this) {
                line = opened;
                if (isClosed) {
                    closeLine();
                }
            }
            finishIfItStands();
        }

        synchronized void close() {
            isClosed = true;
            closeLine();
        }

        private void closeLine() {
            if (line != null) {
                var unused = line.close();
            }
        }

        /** Called twice, as an event loop can report the connection before {@code connect} has returned its line. */
        private void finishIfItStands() {
            Line open;
            synchronized (this) {
                open = stands && !hasWon && !isClosed ? line : null;
            }
            if (open == null) {
                return;
            }
            if (!won(this)) {
                close();
                return;
            }
            listener.connected(open);
            synchronized (this) {
                hasWon = true;
                early.forEach(event -> event.accept(winner));
                early.clear();
            }
        }

        private synchronized void hand(Consumer<LineListener> event) {
            if (hasWon) {
                event.accept(winner);
            } else if (!isClosed) {
                early.add(event);
            }
        }

        @Override
        public void connected() {
            synchronized (this) {
                stands = true;
            }
            finishIfItStands();
        }

        @Override
        public void connectFailed(Throwable cause) {
            lost(this, cause);
        }

        @Override
        public void replied(ByteString bytes) {
            hand(winner -> winner.replied(bytes));
        }

        @Override
        public void peerFinished() {
            hand(LineListener::peerFinished);
        }

        @Override
        public void broken(Throwable cause) {
            hand(winner -> winner.broken(cause));
        }
    }
}
