package io.platen.spooler;

import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.Refusal;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import io.platen.spooler.upkeep.ManyAsks;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes new jobs from old ones, on the same printer or another: exactly once, even if a crash comes between two steps. */
public final class Transfers {
    private static final Logger log = LoggerFactory.getLogger(Transfers.class);

    private final BiFunction<PrinterId, Request, CompletionStage<Reply>> queues;
    private final Executor executor;

    /**
     * @param queues asks a printer's queue, and never fails
     */
    Transfers(BiFunction<PrinterId, Request, CompletionStage<Reply>> queues, Executor executor) {
        this.queues = queues;
        this.executor = executor;
    }

    /** Transfers whose events name who asked. */
    public Transfers by(String who) {
        return new Transfers((printer, request) -> queues.apply(printer, request.by(who)), executor);
    }

    /** Submits a job's document again, as a new job. */
    public CompletionStage<Reply> submitAgain(
            JobRef of, PrintJob job, PrinterId to, @Nullable String key, @Nullable String keyOwner) {
        var ticket = job.ticket().again(key, of).claimed(keyOwner, "again:" + of.printer() + "/" + of.job());
        return ask(to, new Request.Submit(ticket, false));
    }

    /**
     * Takes a job out of failure storage by submitting its document again. This happens once per target printer, even if a
     * crash comes in between.
     */
    public CompletionStage<Reply> resubmit(JobRef failure, PrintJob job, PrinterId to) {
        var ticket = job.ticket().again(internalKey("resubmit", failure), failure);
        return ask(to, new Request.Submit(ticket, false))
                .thenComposeAsync(
                        reply -> then(
                                reply,
                                to,
                                as -> ask(failure.printer(), new Request.MarkResubmitted(failure.job(), as))),
                        executor);
    }

    /**
     * Moves a waiting job to another printer. The job is marked here first and removed last, so a crash in between neither
     * loses nor duplicates it: the next start finishes the move.
     */
    public CompletionStage<Reply> move(JobRef from, PrinterId to) {
        return ask(from.printer(), new Request.BeginMove(from.job(), to))
                .thenComposeAsync(
                        begun -> begun.fold(
                                done -> {
                                    PrintJob job = done.job();
                                    return job == null
                                            ? CompletableFuture.completedFuture(begun)
                                            : finishMove(from, job, to);
                                },
                                CompletableFuture::<Reply>completedFuture),
                        executor);
    }

    private CompletionStage<Reply> finishMove(JobRef from, PrintJob job, PrinterId to) {
        var ticket = job.ticket().again(internalKey("move", from), from);
        boolean held = job.isHeldBesideItsMove();
        return ask(to, new Request.Submit(ticket, held))
                .thenComposeAsync(
                        reply -> reply.fold(
                                done -> then(reply, to, as -> ask(from.printer(), new Request.EndMove(from.job(), as))),
                                refused -> refused.why() == Refusal.UNAVAILABLE
                                        ? CompletableFuture.<Reply>completedFuture(reply)
                                        : ask(from.printer(), new Request.AbortMove(from.job()))
                                                .thenApplyAsync(undone -> reply, executor)),
                        executor);
    }

    /** When the new job was accepted, does the second step and answers with the new job. */
    private CompletionStage<Reply> then(Reply reply, PrinterId to, Function<JobRef, CompletionStage<Reply>> second) {
        return reply.fold(
                done -> done.job() == null
                        ? CompletableFuture.completedFuture(reply)
                        : second.apply(new JobRef(to, done.job().number())).thenApplyAsync(marked -> reply, executor),
                CompletableFuture::<Reply>completedFuture);
    }

    private static String internalKey(String what, JobRef of) {
        return "platen:" + what + ":" + of.printer() + "/" + of.job();
    }

    /** Finishes the moves that a crash, or a printer that could not answer, has left unfinished. */
    void finishMoves(StatusBoard board) {
        record Move(JobRef from, PrintJob job, PrinterId to) {}
        var unfinished = new ArrayList<Move>();
        for (PrinterStatus printer : board.all()) {
            // Jobs that are being moved count as held.
            if (printer.queue().jobs().counts().held() > 0) {
                printer.queue().jobs().current().forEach(job -> {
                    PrinterId to = job.movingTo();
                    if (to != null) {
                        unfinished.add(new Move(new JobRef(printer.id(), job.number()), job, to));
                    }
                });
            }
        }
        var unused = ManyAsks.each(
                        unfinished,
                        move -> finishMove(move.from(), move.job(), move.to()),
                        (move, reply) -> log.info(
                                "The unfinished move of {} to {} has ended: {}",
                                move.from(),
                                move.to(),
                                reply.<String>fold(done -> "done", Reply.Refused::detail)),
                        executor)
                .thenAcceptAsync(
                        outcome -> {
                            if (outcome.refused() > 0) {
                                log.warn("{} moves could not be finished; trying again in an hour", outcome.refused());
                            }
                        },
                        executor);
    }

    private CompletionStage<Reply> ask(PrinterId printer, Request request) {
        return queues.apply(printer, request);
    }
}
