package io.platen.api.http.request;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import java.time.Duration;

/**
 * Ends an upload that is slower than the lowest allowed rate within a window, or that takes too long in total. Only the time
 * while the server waits for bytes counts: a slow disk is not the sender's fault.
 */
final class LeastRate extends GraphStage<FlowShape<ByteString, ByteString>> {
    private static final int CHECKS_PER_WINDOW = 10;

    private final Inlet<ByteString> in = Inlet.create("LeastRate.in");
    private final Outlet<ByteString> out = Outlet.create("LeastRate.out");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
    private final long bytesPerSecond;
    private final Duration window;
    private final Duration longest;

    /** {@code longest} limits the time of the upload in total. */
    LeastRate(long bytesPerSecond, Duration window, Duration longest) {
        this.bytesPerSecond = bytesPerSecond;
        this.window = window;
        this.longest = longest;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes inherited) {
        return new TimerGraphStageLogic(shape) {
            private final Duration interval = window.dividedBy(CHECKS_PER_WINDOW);
            private long bytes;
            private int checksWaiting;
            private long checksWaitingInTotal;
            private boolean waiting;

            @Override
            public void preStart() {
                scheduleWithFixedDelay("check", interval, interval);
            }

            {
                setHandler(in, new AbstractInHandler() {
                    @Override
                    public void onPush() {
                        ByteString chunk = grab(in);
                        bytes += chunk.size();
                        waiting = false;
                        push(out, chunk);
                    }
                });
                setHandler(out, new AbstractOutHandler() {
                    @Override
                    public void onPull() {
                        waiting = true;
                        pull(in);
                    }
                });
            }

            @Override
            public void onTimer(Object key) {
                if (waiting) {
                    checksWaiting++;
                    checksWaitingInTotal++;
                }
                if (interval.multipliedBy(checksWaitingInTotal).compareTo(longest) > 0) {
                    failStage(new ProblemException(
                            ProblemType.UPLOAD_TOO_SLOW,
                            "The upload took longer than %s (platen.http.upload.longest). Nothing was kept."
                                    .formatted(longest)));
                    return;
                }
                if (checksWaiting < CHECKS_PER_WINDOW) {
                    return;
                }
                if (bytes < bytesPerSecond * window.toMillis() / 1000) {
                    failStage(new ProblemException(
                            ProblemType.UPLOAD_TOO_SLOW,
                            "Only %,d bytes arrived within %s; at least %,d a second are required. Nothing was kept."
                                    .formatted(bytes, window, bytesPerSecond)));
                }
                bytes = 0;
                checksWaiting = 0;
            }
        };
    }
}
