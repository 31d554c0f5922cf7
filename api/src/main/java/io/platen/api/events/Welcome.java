package io.platen.api.events;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Ends a client's stream with a last event when its credentials hold no more. Asks before it sends, not too often. */
final class Welcome extends GraphStage<FlowShape<ByteString, ByteString>> {
    private final Inlet<ByteString> in = Inlet.create("Welcome.in");
    private final Outlet<ByteString> out = Outlet.create("Welcome.out");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
    private final BooleanSupplier welcome;
    private final long holdsForNanos;

    Welcome(BooleanSupplier welcome, Duration holdsFor) {
        this.welcome = welcome;
        this.holdsForNanos = holdsFor.toNanos();
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes inherited) {
        return new GraphStageLogic(shape) {
            private long asked = System.nanoTime();

            {
                setHandlers(in, out, new AbstractInOutHandler() {
                    @Override
                    public void onPush() {
                        ByteString next = grab(in);
                        long now = System.nanoTime();
                        if (now - asked < holdsForNanos) {
                            push(out, next);
                        } else if (welcome.getAsBoolean()) {
                            asked = now;
                            push(out, next);
                        } else {
                            push(out, EventFrame.last("unauthorized", "The token is expired or revoked."));
                            completeStage();
                        }
                    }

                    @Override
                    public void onPull() {
                        pull(in);
                    }
                });
            }
        };
    }
}
