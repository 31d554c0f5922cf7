package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.AttemptId;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.Confidence;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.language.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A printer's queue, alone, as decisions and the line's reports change it; its printer takes nothing from the network. */
abstract class WithQueue {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    static final QueueLimits LIMITS = new QueueLimits(50, 20);

    QueueState state = QueueState.empty(LIMITS.finishedJobsKept());
    final List<PrinterEvent> stored = new ArrayList<>();
    Predicate<StoredDocument> printedElsewhere = bytes -> false;
    private int seconds;

    List<Integer> drainOrder() {
        var order = new ArrayList<Integer>();
        while (state.next().isPresent()) {
            order.add(start());
            end(delivered());
        }
        return order;
    }

    int start() {
        var started = LineReport.start(state, now()).orElseThrow();
        store(List.of(started));
        return started.job();
    }

    void end(DeliveryResult result) {
        AttemptId attempt = state.underWay();
        assertThat(attempt).isNotNull();
        store(LineReport.ended(state, attempt, result, printedElsewhere, now()));
    }

    void reopen(int job) {
        reopen(job, 1);
    }

    void reopen(int job, int attempt) {
        store(LineReport.reopened(
                state, new AttemptId(job, attempt), acknowledged(Cause.RESET_AFTER_SEND, 10), printedElsewhere, now()));
    }

    Reply ask(Request request) {
        Decision decision = request.decideAnywhere(state, now(), LIMITS, null);
        store(decision.events());
        return decision.reply().apply(state);
    }

    void store(List<? extends PrinterEvent> events) {
        for (PrinterEvent event : events) {
            stored.add(event);
            state = state.after(event);
        }
    }

    void submit(int priority, @Nullable String key) {
        ask(new Request.Submit(ticket(priority, key, "aa"), false));
    }

    /** A job of ten bytes of its own whose labels are known. */
    void submit(Labels labels) {
        ask(new Request.Submit(TicketFixture.scanned(new StoredDocument("id", 10, "bb"), labels), false));
    }

    void configure(DeliveryPromise promise, int attempts) {
        ask(new Request.Configure(profile(promise, attempts)));
    }

    static PrinterProfile profile(DeliveryPromise promise, int attempts) {
        return ProfileFixture.at("socket://127.0.0.1:9100")
                .promising(promise)
                .attempts(attempts)
                .build();
    }

    static JobTicket ticket(int priority, @Nullable String key, String sha256) {
        return TicketFixture.keyed(new StoredDocument("id", 10, sha256), priority, key);
    }

    Instant now() {
        return NOON.plusSeconds(++seconds);
    }

    static DeliveryResult delivered() {
        return new DeliveryResult.Delivered(Rung.CLOSED, new ByteCounts(10, 10L, 10), null, null, List.of());
    }

    /** Nothing of what was written was acknowledged: no label can be out. */
    static DeliveryResult.Failed failed(Cause cause, long written) {
        return failed(cause, EndedBy.PRINTER, new ByteCounts(written, 0L, 10));
    }

    /** So much of ten bytes was acknowledged. */
    static DeliveryResult.Failed acknowledged(Cause cause, long bytes) {
        return failed(cause, EndedBy.PRINTER, new ByteCounts(10, bytes, 10));
    }

    static DeliveryResult.Failed failed(Cause cause, EndedBy endedBy, ByteCounts bytes) {
        return new DeliveryResult.Failed(
                null,
                new DeliveryFailure(
                        cause,
                        endedBy,
                        Confidence.LIKELY,
                        null,
                        "why",
                        bytes,
                        null,
                        null,
                        NOON,
                        List.of(),
                        null,
                        null));
    }
}
