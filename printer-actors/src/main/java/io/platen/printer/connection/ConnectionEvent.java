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
 * What happens on a connection, as messages to its actor. {@code number} counts the connections that the actor has begun;
 * events of an earlier one are stale.
 */
sealed interface ConnectionEvent extends PrinterConnection.Command {
    int number();

    /** Gives this event to the method that handles its kind. */
    <R> R to(Handler<R> handler);

    /** One method for each kind of event, so that a new kind does not compile until each handler has decided. */
    interface Handler<R> {
        R onResolved(Resolved event);

        R onTrying(Trying event);

        R onFailed(Failed event);

        R onConnected(Connected event);

        R onConnectFailed(ConnectFailed event);

        R onSampled(Sampled event);

        R onWritten(Written event);

        R onWriteFailed(WriteFailed event);

        R onReplied(Replied event);

        R onPeerFinished(PeerFinished event);

        R onBroken(Broken event);

        R onClosed(Closed event);

        R onDue(Due event);
    }

    /** The addresses of the printer's name are known. */
    record Resolved(int number, PrinterNames.Found found) implements ConnectionEvent {
        @Override
        public <R> R to(Handler<R> handler) {
            return handler.onResolved(this);
        }
    }

    /** A SYN goes to this address. */
    record Trying(int number, InetSocketAddress address) implements ConnectionEvent {
        @Override
        public <R> R to(Handler<R> handler) {
            return handler.onTrying(this);
        }
    }

    /** This address did not answer, or refused; others may be left. */
    record Failed(int number, InetSocketAddress address, Throwable cause) implements ConnectionEvent {
        @Override
        public <R> R to(Handler<R> handler) {
            return handler.onFailed(this);
        }
    }

    record Connected(int number, Line line) implements ConnectionEvent {
        @Override
        public <R> R to(Handler<R> handler) {
            return handler.onConnected(this);
        }
    }

    /** No address is left to be tried, or the time is over. */
    record ConnectFailed(int number, Throwable cause) implements ConnectionEvent {
        @Override
        public <R> R to(Handler<R> handler) {
            return handler.onConnectFailed(this);
        }
    }

    /**
     * What the kernel says of the connection.
     *
     * @param askedAtNanos when the kernel was asked, by {@link System#nanoTime}: its answer may arrive after later events
     */
    record Sampled(int number, Optional<TcpInfo> info, long askedAtNanos) implements ConnectionEvent {
        @Override
        public <R> R to(Handler<R> handler) {
            return handler.onSampled(this);
        }
    }

    /** The kernel has taken all of a write; {@code write} counts the writes on the connection. */
    record Written(int number, int write) implements ConnectionEvent {
        @Override
        public <R> R to(Handler<R> handler) {
            return handler.onWritten(this);
        }
    }

    record WriteFailed(int number, Throwable cause) implements ConnectionEvent {
        @Override
        public <R> R to(Handler<R> handler) {
            return handler.onWriteFailed(this);
        }
    }

    record Replied(int number, ByteString bytes) implements ConnectionEvent {
        @Override
        public <R> R to(Handler<R> handler) {
            return handler.onReplied(this);
        }
    }

    record PeerFinished(int number) implements ConnectionEvent {
        @Override
        public <R> R to(Handler<R> handler) {
            return handler.onPeerFinished(this);
        }
    }

    record Broken(int number, Throwable cause) implements ConnectionEvent {
        @Override
        public <R> R to(Handler<R> handler) {
            return handler.onBroken(this);
        }
    }

    /** We have closed it; {@code info} is what the kernel said just before. */
    record Closed(int number, Optional<TcpInfo> info) implements ConnectionEvent {
        @Override
        public <R> R to(Handler<R> handler) {
            return handler.onClosed(this);
        }
    }

    record Due(int number, Timer timer) implements ConnectionEvent {
        @Override
        public <R> R to(Handler<R> handler) {
            return handler.onDue(this);
        }
    }

    /** The error of an RST that the kernel holds, and that no read or write has returned; null when there is none. */
    static @Nullable Errno pendingError(Optional<TcpInfo> info) {
        return info.map(TcpInfo::error).map(Errno::ofLinux).orElse(null);
    }

    /** What is waited for. */
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
                actor.accept(new Failed(number, address, cause));
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
