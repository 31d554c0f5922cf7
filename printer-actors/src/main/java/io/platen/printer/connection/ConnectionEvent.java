package io.platen.printer.connection;

import akka.util.ByteString;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.transport.Line;
import io.platen.printer.transport.LineListener;
import io.platen.printer.transport.PrinterNames;
import io.platen.printer.transport.Race;
import io.platen.printer.transport.TcpInfo;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens on a connection, as messages to its actor. The actor numbers its connections, and {@code number} says which
 * one an event is about; the events of an earlier connection are stale.
 */
sealed interface ConnectionEvent extends PrinterConnection.Command {
    int number();

    /**
     * Gives this event to the phase's method for its kind. A new kind of event does not compile until {@link PhaseBehavior}
     * has a method for it.
     */
    Transition to(PhaseBehavior phase);

    /** The addresses of the printer's name are known. */
    record Resolved(int number, PrinterNames.Found found) implements ConnectionEvent {
        @Override
        public Transition to(PhaseBehavior phase) {
            return phase.onResolved(this);
        }
    }

    /** A SYN goes to this address. */
    record Trying(int number, InetSocketAddress address) implements ConnectionEvent {
        @Override
        public Transition to(PhaseBehavior phase) {
            return phase.onTrying(this);
        }
    }

    /** This address did not answer, or refused; other addresses may be left. */
    record AddressFailed(int number, InetSocketAddress address, Throwable cause) implements ConnectionEvent {
        @Override
        public Transition to(PhaseBehavior phase) {
            return phase.onFailed(this);
        }
    }

    record Connected(int number, Line line) implements ConnectionEvent {
        @Override
        public Transition to(PhaseBehavior phase) {
            return phase.onConnected(this);
        }
    }

    /** No address is left to try, or the connect timeout is over. */
    record ConnectFailed(int number, Throwable cause) implements ConnectionEvent {
        @Override
        public Transition to(PhaseBehavior phase) {
            return phase.onConnectFailed(this);
        }
    }

    /**
     * What the kernel says of the connection.
     *
     * @param askedAtNanos when the kernel was asked, by {@link System#nanoTime}; its answer may arrive after later events
     */
    record Sampled(int number, Optional<TcpInfo> info, long askedAtNanos) implements ConnectionEvent {
        @Override
        public Transition to(PhaseBehavior phase) {
            return phase.onSampled(this);
        }
    }

    /** The kernel has taken all of a write; {@code write} counts the writes on the connection. */
    record Written(int number, int write) implements ConnectionEvent {
        @Override
        public Transition to(PhaseBehavior phase) {
            return phase.onWritten(this);
        }
    }

    record WriteFailed(int number, Throwable cause) implements ConnectionEvent {
        @Override
        public Transition to(PhaseBehavior phase) {
            return phase.onWriteFailed(this);
        }
    }

    record Replied(int number, ByteString bytes) implements ConnectionEvent {
        @Override
        public Transition to(PhaseBehavior phase) {
            return phase.onReplied(this);
        }
    }

    record PeerFinished(int number) implements ConnectionEvent {
        @Override
        public Transition to(PhaseBehavior phase) {
            return phase.onPeerFinished(this);
        }
    }

    record Broken(int number, Throwable cause) implements ConnectionEvent {
        @Override
        public Transition to(PhaseBehavior phase) {
            return phase.onBroken(this);
        }
    }

    /** We have closed the connection; {@code info} is what the kernel said of it just before. */
    record Closed(int number, Optional<TcpInfo> info) implements ConnectionEvent {
        @Override
        public Transition to(PhaseBehavior phase) {
            return phase.onClosed(this);
        }
    }

    record Due(int number, Timer timer) implements ConnectionEvent {
        @Override
        public Transition to(PhaseBehavior phase) {
            return phase.onDue(this);
        }
    }

    /** The error of an RST that no read or write has returned yet; null when there is none. */
    static @Nullable Errno pendingError(Optional<TcpInfo> info) {
        return info.map(TcpInfo::error).map(Errno::ofLinux).orElse(null);
    }

    /** What a phase waits for. */
    enum Timer {
        SAMPLE,
        DRAINED,
        CANCELED,
        CLOSE,
        IDLE,
        STATUS_REPLY,
        PORT,
        BACKOFF,
        HELD,
        REPLY_PAUSE,
        CONFIRM,
        CONFIRM_POLL
    }

    /** Turns what happens while connecting into messages. */
    static Race.Listener connecting(int number, Consumer<PrinterConnection.Command> actor) {
        return new Race.Listener() {
            @Override
            public void trying(InetSocketAddress address) {
                actor.accept(new Trying(number, address));
            }

            @Override
            public void failed(InetSocketAddress address, Throwable cause) {
                actor.accept(new AddressFailed(number, address, cause));
            }

            @Override
            public void connected(Line line) {
                actor.accept(new Connected(number, line));
            }

            @Override
            public void lost(Throwable cause) {
                actor.accept(new ConnectFailed(number, cause));
            }
        };
    }

    /** Turns what a {@link Line} hears into messages. */
    static LineListener listener(int number, Consumer<PrinterConnection.Command> actor) {
        return new LineListener() {
            @Override
            public void connected() {}

            @Override
            public void connectFailed(Throwable cause) {}

            @Override
            public void replied(ByteString bytes) {
                actor.accept(new Replied(number, bytes));
            }

            @Override
            public void peerFinished() {
                actor.accept(new PeerFinished(number));
            }

            @Override
            public void broken(Throwable cause) {
                actor.accept(new Broken(number, cause));
            }
        };
    }
}
