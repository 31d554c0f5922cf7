package io.platen.spooler.job;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * A printer's jobs: all by number, the waiting ones in their order, the submitters' keys, and the
 * counts. Immutable; a change shares all but its path with the table before, so that a table can be
 * published with every event.
 *
 * <p>Finished jobs are kept up to a number, then the oldest goes; their history stays in the journal.
 * Jobs in failure storage stay until they are taken out.
 */
public final class JobTable {

    /** Higher priority first, then the order of acceptance. */
    private record Turn(int priority, int number) implements Comparable<Turn> {
        private static final Comparator<Turn> ORDER =
                Comparator.comparingInt(Turn::priority).reversed().thenComparingInt(Turn::number);

        static Turn of(PrintJob job) {
            return new Turn(job.ticket().priority(), job.number());
        }

        @Override
        public int compareTo(Turn other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * How many jobs are in which condition.
     *
     * @param failed in failure storage
     */
    public record Counts(int pending, int held, int processing, int failed) {

        /** Jobs that are not finished. */
        public int active() {
            return pending + held + processing;
        }

        Counts plus(@Nullable PrintJob job, int one) {
            if (job == null) {
                return this;
            }
            return switch (job.state()) {
                case PENDING -> new Counts(pending + one, held, processing, failed);
                case PENDING_HELD -> new Counts(pending, held + one, processing, failed);
                case PROCESSING, PROCESSING_STOPPED -> new Counts(pending, held, processing + one, failed);
                case ABORTED -> job.isQuarantined() ? new Counts(pending, held, processing, failed + one) : this;
                case CANCELED, COMPLETED -> this;
            };
        }
    }

    private final TreePMap<Integer, PrintJob> byNumber;
    private final TreePSet<Turn> waiting;
    private final TreePSet<Integer> finished;
    private final HashPMap<String, Integer> byKey;
    private final Counts counts;
    private final int finishedKept;

    private JobTable(
            TreePMap<Integer, PrintJob> byNumber,
            TreePSet<Turn> waiting,
            TreePSet<Integer> finished,
            HashPMap<String, Integer> byKey,
            Counts counts,
            int finishedKept) {
        this.byNumber = byNumber;
        this.waiting = waiting;
        this.finished = finished;
        this.byKey = byKey;
        this.counts = counts;
        this.finishedKept = finishedKept;
    }

    /** No jobs; {@code finishedKept} finished ones will be kept. */
    public static JobTable empty(int finishedKept) {
        return new JobTable(
                TreePMap.empty(),
                TreePSet.empty(),
                TreePSet.empty(),
                HashTreePMap.empty(),
                new Counts(0, 0, 0, 0),
                finishedKept);
    }

    /** These jobs, each with its own number: quicker than one after another. */
    static JobTable of(int finishedKept, Collection<PrintJob> jobs) {
        var byNumber = new TreeMap<Integer, PrintJob>();
        var waiting = new TreeSet<Turn>();
        var finished = new TreeSet<Integer>();
        var byKey = new HashMap<String, Integer>();
        var counts = new Counts(0, 0, 0, 0);
        for (PrintJob job : jobs) {
            Integer number = job.number();
            String key = job.ticket().idempotencyKey();
            byNumber.put(number, job);
            if (job.isWaiting()) {
                waiting.add(Turn.of(job));
            }
            if (isDroppable(job)) {
                finished.add(number);
            }
            if (key != null) {
                byKey.put(key, number);
            }
            counts = counts.plus(job, 1);
        }
        var table = new JobTable(
                TreePMap.fromSortedMap(byNumber),
                TreePSet.fromSortedSet(waiting),
                TreePSet.fromSortedSet(finished),
                HashTreePMap.from(byKey),
                counts,
                finishedKept);
        while (table.finished.size() > finishedKept) {
            table = table.without(table.finished.first());
        }
        return table;
    }

    /** One job, while it is kept. */
    public Optional<PrintJob> find(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /** The job of an idempotency key, while it is kept. */
    public Optional<PrintJob> findByKey(String key) {
        return Optional.ofNullable(byKey.get(key)).map(byNumber::get);
    }

    /** The one whose turn it is. */
    public Optional<PrintJob> first() {
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(byNumber.get(waiting.first().number()));
    }

    /** The unfinished job that was accepted first. */
    public Optional<PrintJob> oldestActive() {
        return counts.active() == 0
                ? Optional.empty()
                : byNumber.values().stream()
                        .filter(job -> !job.state().isFinished())
                        .findFirst();
    }

    /** All, oldest first. */
    public Collection<PrintJob> all() {
        return byNumber.values();
    }

    /** Those with a lower number, newest first. */
    public Collection<PrintJob> newestFirst(int before) {
        return byNumber.headMap(before).descendingMap().values();
    }

    /** How many are in which condition. */
    public Counts counts() {
        return counts;
    }

    /** No jobs. */
    JobTable cleared() {
        return empty(finishedKept);
    }

    /** The table with this job in its new condition. */
    JobTable with(PrintJob job) {
        PrintJob old = byNumber.get(job.number());
        var turns = waiting;
        if (old != null && old.isWaiting() && !job.isWaiting()) {
            turns = turns.minus(Turn.of(old));
        } else if (job.isWaiting() && (old == null || !old.isWaiting())) {
            turns = turns.plus(Turn.of(job));
        }
        String key = job.ticket().idempotencyKey();
        var changed = new JobTable(
                byNumber.plus(job.number(), job),
                turns,
                isDroppable(job) ? finished.plus(job.number()) : finished.minus(job.number()),
                key == null || old != null ? byKey : byKey.plus(key, job.number()),
                counts.plus(old, -1).plus(job, 1),
                finishedKept);
        return changed.finished.size() > finishedKept ? changed.without(changed.finished.first()) : changed;
    }

    private static boolean isDroppable(PrintJob job) {
        return job.state().isFinished() && !job.isQuarantined();
    }

    /** The table without the jobs that ended before a moment. */
    JobTable withoutEndedBefore(Instant moment) {
        var table = this;
        for (int number : finished) {
            if (find(number).filter(job -> job.endedBefore(moment)).isPresent()) {
                table = table.without(number);
            }
        }
        return table;
    }

    /** Whether there is any job that ended before a moment. */
    boolean anyEndedBefore(Instant moment) {
        return byNumber.values().stream().anyMatch(job -> job.endedBefore(moment));
    }

    private JobTable without(int number) {
        PrintJob job = byNumber.get(number);
        String key = job == null ? null : job.ticket().idempotencyKey();
        return new JobTable(
                byNumber.minus(number),
                waiting,
                finished.minus(number),
                key == null ? byKey : byKey.minus(key),
                counts,
                finishedKept);
    }
}
