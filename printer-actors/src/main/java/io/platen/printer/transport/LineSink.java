package io.platen.printer.transport;

import akka.Done;
import akka.japi.Pair;
import akka.stream.Attributes;
import akka.stream.Inlet;
import akka.stream.SinkShape;
import akka.stream.stage.AbstractGraphStageWithMaterializedValue;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.socket.SocketChannel;
import io.platen.printer.transport.Line.DocumentBrokenException;
import io.platen.printer.transport.Line.LineBrokenException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import java.util.stream.StreamSupport;

/** Writes bytes to a channel, and pulls more only while its write buffer has room. It never closes the channel. */
final class LineSink extends AbstractGraphStageWithMaterializedValue<SinkShape<ByteString>, CompletionStage<Done>> {
    private final Inlet<ByteString> in = Inlet.create("LineSink.in");
    private final SinkShape<ByteString> shape = SinkShape.of(in);
    private final SocketChannel channel;
    private final LineHandler handler;
    private final LongConsumer onWritten;

    LineSink(SocketChannel channel, LineHandler handler, LongConsumer onWritten) {
        this.channel = channel;
        this.handler = handler;
        this.onWritten = onWritten;
    }

    @Override
    public SinkShape<ByteString> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, CompletionStage<Done>> createLogicAndMaterializedValuePair(Attributes attributes) {
        var done = new CompletableFuture<Done>();
        return Pair.create(new Logic(done), done);
    }

    private final class Logic extends GraphStageLogic {
        private final CompletableFuture<Done> done;
        private final AsyncCallback<Done> writable = createAsyncCallback(ignored -> onWritable());
        private final AsyncCallback<Done> taken = createAsyncCallback(ignored -> onTaken());
        private final AsyncCallback<Throwable> broken = createAsyncCallback(this::onBroken);
        private final Runnable wake = this::wake;
        private int underWay;

        Logic(CompletableFuture<Done> done) {
            super(shape);
            this.done = done;
            setHandler(in, new Writer());
        }

        /** Called on the event loop. */
        private void wake() {
            writable.invoke(Done.getInstance());
        }

        @Override
        public void preStart() {
            setKeepGoing(true);
            channel.eventLoop().execute(() -> handler.onWritable(wake));
            pull(in);
        }

        @Override
        public void postStop() {
            if (!channel.eventLoop().isShuttingDown()) {
                channel.eventLoop().execute(() -> handler.forget(wake));
            }
            // Has no effect on a stage that is complete. Otherwise the system goes down, which is no failure of the
            // document.
            done.completeExceptionally(new LineBrokenException(new IllegalStateException("The stream was stopped")));
        }

        private void onWritable() {
            if (!isClosed(in) && !hasBeenPulled(in)) {
                pull(in);
            }
        }

        private void onTaken() {
            underWay--;
            if (isClosed(in) && underWay == 0) {
                done.complete(Done.getInstance());
                completeStage();
            } else if (channel.isWritable()) {
                onWritable();
            }
        }

        private void onBroken(Throwable cause) {
            var failure = new LineBrokenException(cause);
            done.completeExceptionally(failure);
            cancelStage(failure);
        }

        /** Counts the bytes that the kernel has taken of one chunk, even of a part of it. Called on the event loop. */
        private final class Count implements ChannelProgressiveFutureListener {
            private final long size;
            private long counted;

            Count(long size) {
                this.size = size;
            }

            @Override
            public void operationProgressed(ChannelProgressiveFuture write, long progress, long total) {
                count(progress);
            }

            @Override
            public void operationComplete(ChannelProgressiveFuture write) {
                if (write.isSuccess()) {
                    count(size);
                    taken.invoke(Done.getInstance());
                } else {
                    handler.writeFailed(write.cause());
                    broken.invoke(write.cause());
                }
            }

            private void count(long progress) {
                onWritten.accept(progress - counted);
                counted = progress;
            }
        }

        private final class Writer extends AbstractInHandler {
            @Override
            public void onPush() {
                ByteString chunk = grab(in);
                ByteBuffer[] buffers = StreamSupport.stream(
                                chunk.getByteBuffers().spliterator(), false)
                        .toArray(ByteBuffer[]::new);
                underWay++;
                // The listener is added before the write begins. Added later, it would be called late, after events
                // that
                // the printer caused by then, and no byte would seem to have been written.
                var written = channel.newProgressivePromise();
                written.addListener(new Count(chunk.size()));
                var unused = channel.writeAndFlush(Unpooled.wrappedBuffer(buffers), written);
                if (channel.isWritable()) {
                    onWritable();
                }
            }

            @Override
            public void onUpstreamFinish() {
                if (underWay == 0) {
                    done.complete(Done.getInstance());
                    completeStage();
                }
            }

            @Override
            public void onUpstreamFailure(Throwable cause) {
                done.completeExceptionally(new DocumentBrokenException(cause));
                failStage(cause);
            }
        }
    }
}
