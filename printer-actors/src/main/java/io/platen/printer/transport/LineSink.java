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
import io.netty.channel.socket.SocketChannel;
import io.platen.printer.transport.Line.DocumentBrokenException;
import io.platen.printer.transport.Line.LineBrokenException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

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
        private final LineWrite writing = new LineWrite(channel, handler, onWritten);
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

        private final class Writer extends AbstractInHandler {
            @Override
            public void onPush() {
                ByteString chunk = grab(in);
                underWay++;
                writing.write(chunk, failure -> {
                    if (failure == null) {
                        taken.invoke(Done.getInstance());
                    } else {
                        broken.invoke(failure);
                    }
                });
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
