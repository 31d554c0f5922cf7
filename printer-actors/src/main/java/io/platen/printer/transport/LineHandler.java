package io.platen.printer.transport;

import akka.util.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Translates Netty's events into calls of the listener. Runs on one event loop. */
final class LineHandler extends ChannelInboundHandlerAdapter {
    private final LineListener listener;
    private @Nullable Runnable onWritable;
    private @Nullable Throwable writeFailure;
    private boolean ended;
    private volatile Line.@Nullable Look look;

    LineHandler(LineListener listener) {
        this.listener = listener;
    }

    /** Runs {@code wake} whenever the write buffer has room again. Call on the event loop. */
    void onWritable(Runnable wake) {
        onWritable = wake;
    }

    /**
     * Stops running {@code wake}: a connection that stays open must not keep the stream of its last job in memory. Call on the
     * event loop.
     */
    void forget(Runnable wake) {
        if (onWritable == wake) {
            onWritable = null;
        }
    }

    private void wake() {
        if (onWritable != null) {
            onWritable.run();
        }
    }

    /**
     * A write failed. After an RST a write may take the socket's error, and the next read then sees only the end of the
     * stream, which must not be taken for a FIN. Call on the event loop.
     */
    void writeFailed(Throwable cause) {
        if (writeFailure == null) {
            writeFailure = cause;
        }
    }

    /** The last {@link Look}, once; null when something has happened on the connection since. */
    Line.@Nullable Look takeLook() {
        Line.Look last = look;
        look = null;
        return last;
    }

    void forgetLook() {
        look = null;
    }

    /**
     * Asks the kernel. Call on the event loop, before the listener hears of what has happened. Of a connection that has ended
     * there is no look: its error says why, and only {@link TcpInfoSocket#ask} takes the error.
     */
    void look(Channel channel) {
        TcpInfo info =
                TcpInfoSocket.look(channel).filter(told -> !told.isClosed()).orElse(null);
        look = info == null ? null : new Line.Look(info, System.nanoTime());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.read();
        look(context.channel());
        listener.connected();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var buffer = (ByteBuf) message;
        look = null;
        try {
            byte[] bytes = new byte[buffer.readableBytes()];
            buffer.readBytes(bytes);
            listener.replied(ByteString.fromArrayUnsafe(bytes));
        } finally {
            buffer.release();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            wake();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !ended) {
            ended = true;
            if (writeFailure == null) {
                look(context.channel());
                listener.peerFinished();
            } else {
                listener.broken(writeFailure);
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!ended) {
            ended = true;
            listener.broken(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!ended) {
            ended = true;
            listener.broken(new IOException("The connection was closed"));
        }
        wake();
    }
}
