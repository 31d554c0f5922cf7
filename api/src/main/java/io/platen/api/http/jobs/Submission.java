package io.platen.api.http.jobs;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpEntity;
import akka.util.ByteString;
import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.request.RequestExecutor;
import io.platen.api.http.request.UploadLimits;
import io.platen.persistence.document.StoredDocument;
import io.platen.spooler.Spooler;
import io.platen.spooler.job.Refusal;
import io.platen.spooler.job.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Accepts jobs: stores the document on the disk, then asks the printer's queue. A refused submission leaves no job and no
 * document. Each stage fails with a {@link ProblemException} for the caller.
 */
final class Submission {
    private static final Logger log = LoggerFactory.getLogger(Submission.class);

    private final ActorSystem<?> system;
    private final Spooler spooler;
    private final UploadLimits limits;
    private final Executor executor;

    Submission(ActorSystem<?> system, Spooler spooler, UploadLimits limits) {
        this.system = system;
        this.spooler = spooler;
        this.limits = limits;
        this.executor = RequestExecutor.of(system);
    }

    /** A submission whose document is on the disk, but which the queue does not have yet. */
    record Stored(SubmissionRequest request, LabelScan scan, StoredDocument document) {}

    /** Accepts a job; completes when it is durable. */
    CompletionStage<Accepted> submit(SubmissionRequest request, HttpEntity body) {
        return store(request, body).thenComposeAsync(this::enqueue, executor);
    }

    /** Stores the document, the first half of a submission: many can be stored at once while the queues are asked in order. */
    CompletionStage<Stored> store(SubmissionRequest request, ByteString content) {
        return store(request, HttpEntities.create(content));
    }

    private CompletionStage<Stored> store(SubmissionRequest request, HttpEntity body) {
        var documents = spooler.documents();
        LabelScan scan = request.scan();
        // A small body that arrived in one piece needs no stream.
        CompletionStage<StoredDocument> stored = body instanceof HttpEntity.Strict whole
                        && documents.isSmall(whole.getData().size())
                ? documents.storeSmall(scan.scanned(whole.getData()))
                : body.getDataBytes().via(limits.leastRate()).via(scan.flow()).runWith(documents.store(), system);
        // On the storing thread, because this only wraps the result.
        return stored.thenApplyAsync(document -> new Stored(request, scan, document), Runnable::run);
    }

    /** Asks the printer's queue, the second half of a submission. */
    CompletionStage<Accepted> enqueue(Stored stored) {
        SubmissionRequest request = stored.request();
        try {
            request.require(stored.document());
        } catch (ProblemException refused) {
            return afterDeleting(stored, refused);
        }
        return spooler.ask(
                        request.printer(),
                        request.of(stored.document(), stored.scan().labels())
                                .by(request.caller().key()))
                .thenComposeAsync(
                        reply -> reply.fold(done -> done(stored, done), refused -> refused(stored, refused)), executor);
    }

    private CompletionStage<Accepted> done(Stored stored, Reply.Done done) {
        var accepted = Accepted.of(stored.request().printer(), done);
        if (accepted.fresh()) {
            logAccepted(accepted, stored.request());
            return CompletableFuture.completedFuture(accepted);
        }
        // The earlier submission's job has its own copy of the document.
        return spooler.delete(stored.document()).thenApplyAsync(deleted -> accepted, executor);
    }

    private CompletionStage<Accepted> refused(Stored stored, Reply.Refused refused) {
        var problem = ProblemException.of(refused);
        // The job may have been stored all the same; then its document must stay.
        return refused.why() == Refusal.UNAVAILABLE
                ? CompletableFuture.failedFuture(problem)
                : afterDeleting(stored, problem);
    }

    private CompletionStage<Accepted> afterDeleting(Stored stored, ProblemException problem) {
        return spooler.delete(stored.document())
                .thenComposeAsync(deleted -> CompletableFuture.failedFuture(problem), executor);
    }

    private static void logAccepted(Accepted accepted, SubmissionRequest request) {
        if (!log.isDebugEnabled()) {
            return;
        }
        MDC.put("printer", request.printer().value());
        MDC.put("job", Integer.toString(accepted.ref().job()));
        MDC.put("traceparent", request.traceparent());
        log.debug("Accepted job {} of {}", accepted.ref().job(), request.printer());
        MDC.remove("printer");
        MDC.remove("job");
        MDC.remove("traceparent");
    }
}
