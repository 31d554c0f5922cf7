package io.platen.persistence.document;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Passes a document through, but its last chunk only when the checksum is right, so that a printer never gets a damaged
 * document as a whole.
 */
final class ChecksumGuard extends GraphStage<FlowShape<ByteString, ByteString>> {
    private final Inlet<ByteString> in = Inlet.create("ChecksumGuard.in");
    private final Outlet<ByteString> out = Outlet.create("ChecksumGuard.out");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
    private final StoredDocument document;

    ChecksumGuard(StoredDocument document) {
        this.document = document;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {
        private final Sha256 sum = new Sha256();
        private @Nullable ByteString held;

        Logic() {
            super(shape);
            setHandlers(in, out, new Guard());
        }

        private final class Guard extends AbstractInOutHandler {
            @Override
            public void onPush() {
                ByteString chunk = grab(in);
                sum.add(chunk);
                if (held == null) {
                    pull(in);
                } else {
                    push(out, held);
                }
                held = chunk;
            }

            @Override
            public void onPull() {
                pull(in);
            }

            @Override
            public void onUpstreamFinish() {
                String found = sum.hex();
                if (!found.equals(document.sha256())) {
                    failStage(new DocumentDamagedException(document, found));
                } else if (held == null) {
                    completeStage();
                } else {
                    emit(out, held, () -> completeStage());
                }
            }
        }
    }
}
