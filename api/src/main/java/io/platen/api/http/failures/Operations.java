package io.platen.api.http.failures;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Operations on many jobs, which may continue after their request was answered. The latest are kept in memory. */
final class Operations {
    private static final int KEPT = 100;
    private static final int PROBLEMS_KEPT = 100;

    private final Deque<Operation> latest = new ArrayDeque<>();
    private int lastId;

    static final class Operation {
        private final int id;
        private final String kind;
        private final int matched;
        private final Instant startedAt = now();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();
        private final Deque<String> problems = new ArrayDeque<>();
        private volatile @Nullable Instant endedAt;

        private Operation(int id, String kind, int matched) {
            this.id = id;
            this.kind = kind;
            this.matched = matched;
        }

        void done() {
            done.incrementAndGet();
        }

        void refused(String why) {
            refused.incrementAndGet();
            synchronized (problems) {
                if (problems.size() < PROBLEMS_KEPT) {
                    problems.add(why);
                }
            }
        }

        void ended() {
            endedAt = now();
        }

        OperationView view() {
            synchronized (problems) {
                return new OperationView(
                        id,
                        kind,
                        endedAt == null ? "running" : "done",
                        false,
                        matched,
                        done.get(),
                        refused.get(),
                        List.copyOf(problems),
                        startedAt,
                        endedAt);
            }
        }
    }

    /**
     * An operation as clients see it.
     *
     * @param matched how many jobs the filter selected
     * @param done how many of them have succeeded so far
     * @param refused how many of them have failed so far
     * @param problems why, for the first 100
     */
    record OperationView(
            @Nullable Integer id,
            String kind,
            String state,
            boolean dryRun,
            int matched,
            int done,
            int refused,
            List<String> problems,
            Instant startedAt,
            @Nullable Instant endedAt) {

        static OperationView dryRun(String kind, int matched) {
            Instant at = now();
            return new OperationView(null, kind, "done", true, matched, 0, 0, List.of(), at, at);
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    synchronized Operation begin(String kind, int matched) {
        lastId++;
        var operation = new Operation(lastId, kind, matched);
        latest.addFirst(operation);
        if (latest.size() > KEPT) {
            latest.removeLast();
        }
        return operation;
    }

    synchronized Optional<Operation> find(String id) {
        return latest.stream()
                .filter(operation -> Integer.toString(operation.id).equals(id))
                .findFirst();
    }

    synchronized List<OperationView> all() {
        return latest.stream().map(Operation::view).toList();
    }
}
