package io.platen.printer;

import akka.util.ByteString;
import io.platen.printer.transport.Line;
import io.platen.printer.transport.LineListener;
import io.platen.printer.transport.PrinterNames;
import io.platen.printer.transport.Race;
import io.platen.printer.transport.TcpInfo;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What happens on a line, as messages to its actor. {@code line} counts the lines that the actor has
 * opened; events of an earlier one are stale.
 */
sealed interface LineEvent extends PrinterConnection.Command {
    int line();

    record Resolved(int line, PrinterNames.Found found) implements LineEvent {}

    record Trying(int line, InetSocketAddress address) implements LineEvent {}

    record Failed(int line, InetSocketAddress address, Throwable cause) implements LineEvent {}

    record Connected(int line, Line stands) implements LineEvent {}

    record ConnectFailed(int line, Throwable cause) implements LineEvent {}

    /**
     * What the kernel says.
     *
     * @param askedAtNanos when it was asked, by {@link System#nanoTime}: an answer may be passed by what happened since
     */
    record Sampled(int line, Optional<TcpInfo> info, long askedAtNanos) implements LineEvent {}

    /** {@code write} counts the writes on the line: an earlier one's end says nothing of the latest. */
    record Written(int line, int write) implements LineEvent {}

    record WriteFailed(int line, Throwable cause) implements LineEvent {}

    record Replied(int line, ByteString bytes) implements LineEvent {}

    record PeerFinished(int line) implements LineEvent {}

    record Broken(int line, Throwable cause) implements LineEvent {}

    record Closed(int line, Optional<TcpInfo> info) implements LineEvent {}

    /** Time to look: which timer it was is told by the phase's own constant. */
    record Due(int line, Timer timer) implements LineEvent {}

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
    static Race.Listener connecting(int line, Consumer<PrinterConnection.Command> actor) {
        return new Race.Listener() {
            @Override
            public void trying(InetSocketAddress address) {
                actor.accept(new Trying(line, address));
            }

            @Override
            public void failed(InetSocketAddress address, Throwable cause) {
                actor.accept(new Failed(line, address, cause));
            }

            @Override
            public void connected(Line stands) {
                actor.accept(new Connected(line, stands));
            }

            @Override
            public void lost(Throwable cause) {
                actor.accept(new ConnectFailed(line, cause));
            }
        };
    }

    /** Turns what a {@link Line} hears into messages. */
    static LineListener listener(int line, Consumer<PrinterConnection.Command> actor) {
        return new LineListener() {
            @Override
            public void connected() {}

            @Override
            public void connectFailed(Throwable cause) {}

            @Override
            public void replied(ByteString bytes) {
                actor.accept(new Replied(line, bytes));
            }

            @Override
            public void peerFinished() {
                actor.accept(new PeerFinished(line));
            }

            @Override
            public void broken(Throwable cause) {
                actor.accept(new Broken(line, cause));
            }
        };
    }
}
