package io.platen.printer.transport;

import akka.util.ByteString;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.socket.SocketChannel;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Writes chunks to a channel and counts every byte that the kernel takes, even of a chunk that is not written to its end. */
final class LineWrite {
    private final SocketChannel channel;
    private final LineHandler handler;
    private final LongConsumer onWritten;

    LineWrite(SocketChannel channel, LineHandler handler, LongConsumer onWritten) {
        this.channel = channel;
        this.handler = handler;
        this.onWritten = onWritten;
    }

    /**
     * Writes a chunk.
     *
     * @param ended hears on the event loop that the kernel has taken the chunk (null), or why it did not
     */
    void write(ByteString chunk, Consumer<@Nullable Throwable> ended) {
        ByteBuffer[] buffers = StreamSupport.stream(chunk.getByteBuffers().spliterator(), false)
                .toArray(ByteBuffer[]::new);
        // The listener is added before the write begins. Added later, it would be called late, after events that the
        // printer caused by then, and no byte would seem to have been written.
        var written = channel.newProgressivePromise();
        written.addListener(new Count(chunk.size(), ended));
        var unused = channel.writeAndFlush(Unpooled.wrappedBuffer(buffers), written);
    }

    private final class Count implements ChannelProgressiveFutureListener {
        private final long size;
        private final Consumer<@Nullable Throwable> ended;
        private long counted;

        Count(long size, Consumer<@Nullable Throwable> ended) {
            this.size = size;
            this.ended = ended;
        }

        @Override
        public void operationProgressed(ChannelProgressiveFuture write, long progress, long total) {
            count(progress);
        }

        @Override
        public void operationComplete(ChannelProgressiveFuture write) {
            if (write.isSuccess()) {
                count(size);
                ended.accept(null);
            } else {
                handler.writeFailed(write.cause());
                ended.accept(write.cause());
            }
        }

        private void count(long progress) {
            onWritten.accept(progress - counted);
            counted = progress;
        }
    }
}
