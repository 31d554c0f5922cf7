package io.platen.api.events;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Checks the credentials before it sends, but not too often. If they no longer hold, it ends the stream with a last event. */
final class Welcome extends GraphStage<FlowShape<ByteString, ByteString>> {
    private final Inlet<ByteString> in = Inlet.create("Welcome.in");
    private final Outlet<ByteString> out = Outlet.create("Welcome.out");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
    private final Credentials credentials;
    private final Executor executor;

    Welcome(Credentials credentials, Executor executor) {
        this.credentials = credentials;
        this.executor = executor;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes inherited) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {
        private final AsyncCallback<Boolean> answered = createAsyncCallback(this::answered);
        private long asked = System.nanoTime();

        /** The text that waits for the answer of the check. */
        private @Nullable ByteString held;

        Logic() {
            super(shape);
            setHandlers(in, out, new AbstractInOutHandler() {
                @Override
                public void onPush() {
                    ByteString next = grab(in);
                    if (System.nanoTime() - asked < credentials.askEvery().toNanos()) {
                        push(out, next);
                    } else {
                        held = next;
                        var unused = credentials.hold().get().thenAcceptAsync(answered::invoke, executor);
                    }
                }

                @Override
                public void onPull() {
                    pull(in);
                }

                @Override
                public void onUpstreamFinish() {
                    if (held == null) {
                        completeStage();
                    }
                }
            });
        }

        private void answered(boolean welcome) {
            ByteString next = held;
            if (next == null) {
                return;
            }
            held = null;
            asked = System.nanoTime();
            push(out, welcome ? next : EventFrame.last("unauthorized", "The token is expired or revoked."));
            if (!welcome || isClosed(in)) {
                completeStage();
            }
        }
    }
}
