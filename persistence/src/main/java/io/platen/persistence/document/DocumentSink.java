package io.platen.persistence.document;

import akka.japi.Pair;
import akka.stream.Attributes;
import akka.stream.Inlet;
import akka.stream.SinkShape;
import akka.stream.stage.AbstractGraphStageWithMaterializedValue;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream into the store. Gathers a small document in memory; a document that grows too large for that gets a file of
 * its own. Completes when the document is durable; a failure before that leaves no file. Blocks, so it runs on the store's
 * own dispatcher.
 */
final class DocumentSink
        extends AbstractGraphStageWithMaterializedValue<SinkShape<ByteString>, CompletionStage<StoredDocument>> {

    private final Inlet<ByteString> in = Inlet.create("DocumentSink.in");
    private final SinkShape<ByteString> shape = SinkShape.of(in);
    private final DocumentStore store;

    DocumentSink(DocumentStore store) {
        this.store = store;
    }

    @Override
    public SinkShape<ByteString> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, CompletionStage<StoredDocument>> createLogicAndMaterializedValuePair(
            Attributes attributes) {
        var stored = new CompletableFuture<StoredDocument>();
        return Pair.create(new Logic(stored), stored);
    }

    private final class Logic extends GraphStageLogic {
        private final CompletableFuture<StoredDocument> stored;
        private ByteString gathered = ByteString.emptyByteString();
        private @Nullable DocumentWriter writer;
        private boolean ended;

        Logic(CompletableFuture<StoredDocument> stored) {
            super(shape);
            this.stored = stored;
            setHandler(in, new Writing());
        }

        @Override
        public void preStart() {
            pull(in);
        }

        @Override
        public void postStop() {
            if (!ended) {
                fail(new IllegalStateException("The stream was stopped"));
            }
        }

        private void fail(Throwable cause) {
            ended = true;
            if (writer != null) {
                writer.discard();
                writer = null;
            }
            stored.completeExceptionally(cause);
        }

        private void write(ByteString chunk) throws IOException {
            if (writer == null) {
                gathered = gathered.concat(chunk);
                if (store.isSmall(gathered.size())) {
                    return;
                }
                writer = store.create();
                writer.write(gathered);
                gathered = ByteString.emptyByteString();
            } else {
                writer.write(chunk);
            }
        }

        private void end() throws IOException {
            ended = true;
            if (writer != null) {
                var document = writer.commit();
                writer = null;
                stored.complete(document);
            } else {
                var unused = store.storeSmall(gathered)
                        .whenCompleteAsync(
                                (document, failure) -> {
                                    if (failure == null) {
                                        stored.complete(document);
                                    } else {
                                        stored.completeExceptionally(failure);
                                    }
                                },
                                Runnable::run);
            }
        }

        private final class Writing extends AbstractInHandler {
            @Override
            public void onPush() {
                try {
                    write(grab(in));
                    pull(in);
                } catch (IOException | RuntimeException e) {
                    fail(e);
                    failStage(e);
                }
            }

            @Override
            public void onUpstreamFinish() {
                try {
                    end();
                    completeStage();
                } catch (IOException | RuntimeException e) {
                    fail(e);
                    failStage(e);
                }
            }

            @Override
            public void onUpstreamFailure(Throwable cause) {
                fail(cause);
                failStage(cause);
            }
        }
    }
}
