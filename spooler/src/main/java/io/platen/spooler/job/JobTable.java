package io.platen.spooler.job;

import io.platen.persistence.document.StoredDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * A printer's jobs: all jobs by number, the waiting ones in their order, the submitters' keys, and the counts. Immutable. A
 * changed table shares nearly everything with the table before, so a table can be published with every event.
 *
 * <p>When there are too many finished jobs, the oldest is forgotten; its history stays in the journal. Jobs in failure storage
 * stay until they are taken out.
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
     * The numbers of jobs by condition.
     *
     * @param failed jobs in failure storage
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

    private final TreePMap<Integer, KeptJob> byNumber;
    private final TreePSet<Turn> waiting;
    private final TreePSet<Integer> current;
    private final TreePSet<Integer> over;
    private final TreePSet<Integer> watched;
    private final TreePMap<String, Integer> byKey;
    private final Counts counts;
    private final int finishedKept;

    private JobTable(
            TreePMap<Integer, KeptJob> byNumber,
            TreePSet<Turn> waiting,
            TreePSet<Integer> current,
            TreePSet<Integer> over,
            TreePSet<Integer> watched,
            TreePMap<String, Integer> byKey,
            Counts counts,
            int finishedKept) {
        this.byNumber = byNumber;
        this.waiting = waiting;
        this.current = current;
        this.over = over;
        this.watched = watched;
        this.byKey = byKey;
        this.counts = counts;
        this.finishedKept = finishedKept;
    }

    /** An empty table that keeps at most this many finished jobs. */
    public static JobTable empty(int finishedKept) {
        return new JobTable(
                TreePMap.empty(),
                TreePSet.empty(),
                TreePSet.empty(),
                TreePSet.empty(),
                TreePSet.empty(),
                TreePMap.empty(),
                new Counts(0, 0, 0, 0),
                finishedKept);
    }

    /** A table of these jobs, whose numbers must differ. Much faster than adding them one by one. */
    public static JobTable of(int finishedKept, Collection<KeptJob> jobs) {
        var byNumber = new TreeMap<Integer, KeptJob>();
        var waiting = new TreeSet<Turn>();
        var current = new TreeSet<Integer>();
        var over = new TreeSet<Integer>();
        var watched = new TreeSet<Integer>();
        var byKey = new TreeMap<String, Integer>();
        var counts = new Counts(0, 0, 0, 0);
        for (KeptJob kept : jobs) {
            Integer number = kept.number();
            String key = kept.ownKey();
            byNumber.put(number, kept);
            if (key != null) {
                byKey.put(key, number);
            }
            if (kept.isWatched()) {
                watched.add(number);
            }
            PrintJob job = currentOrNull(kept);
            if (job == null) {
                over.add(number);
            } else {
                current.add(number);
                counts = counts.plus(job, 1);
                if (job.isWaiting()) {
                    waiting.add(Turn.of(job));
                }
            }
        }
        var table = new JobTable(
                TreePMap.fromSortedMap(byNumber),
                TreePSet.fromSortedSet(waiting),
                TreePSet.fromSortedSet(current),
                TreePSet.fromSortedSet(over),
                TreePSet.fromSortedSet(watched),
                TreePMap.fromSortedMap(byKey),
                counts,
                finishedKept);
        while (table.over.size() > finishedKept) {
            table = table.without(table.over.first());
        }
        return table;
    }

    /** The state of a job, while the job is kept. */
    public Optional<JobState> state(int number) {
        return Optional.ofNullable(byNumber.get(number)).map(KeptJob::state);
    }

    /** A job, while it is kept. */
    public Optional<PrintJob> find(int number) {
        return Optional.ofNullable(byNumber.get(number)).map(KeptJob::job);
    }

    /** The job of an idempotency key, while it is kept. */
    public Optional<PrintJob> findByKey(String key) {
        return Optional.ofNullable(byKey.get(key)).flatMap(this::find);
    }

    /** The kept job of the same key and the same submitter. Earlier versions did not store the owner of a key. */
    Optional<PrintJob> findByKeyOf(JobTicket ticket) {
        String own = ticket.ownKey();
        String key = ticket.idempotencyKey();
        if (own == null || key == null) {
            return Optional.empty();
        }
        return findByKey(own)
                .or(() -> own.equals(key)
                        ? Optional.empty()
                        : findByKey(key).filter(job -> job.ticket().claim() == null));
    }

    /** The waiting job whose turn it is. */
    public Optional<PrintJob> first() {
        return waiting.isEmpty() ? Optional.empty() : find(waiting.first().number());
    }

    /** The oldest unfinished job. */
    public Optional<PrintJob> oldestActive() {
        return counts.active() == 0
                ? Optional.empty()
                : current().filter(job -> !job.state().isFinished()).findFirst();
    }

    private Stream<KeptJob> kept(Set<Integer> numbers) {
        return numbers.stream().map(byNumber::get);
    }

    private Stream<PrintJob> jobs(Set<Integer> numbers) {
        return kept(numbers).map(KeptJob::job);
    }

    /** All jobs, oldest first. */
    public Collection<PrintJob> all() {
        return unpacked(byNumber.values());
    }

    /** Whether a kept job of these bytes was completed. */
    public boolean hasPrinted(StoredDocument bytes) {
        return byNumber.values().stream()
                .anyMatch(kept -> kept.state() == JobState.COMPLETED && kept.hasBytesOf(bytes));
    }

    /** The jobs that are unfinished or in failure storage, oldest first. */
    public Stream<PrintJob> current() {
        return jobs(current);
    }

    /** The jobs in failure storage, oldest first. */
    public Stream<PrintJob> quarantined() {
        return counts.failed() == 0 ? Stream.empty() : current().filter(PrintJob::isQuarantined);
    }

    /** The jobs with a callback or a trace, oldest first. */
    public Stream<PrintJob> watched() {
        return jobs(watched);
    }

    /**
     * The ids of the print data that must be kept.
     *
     * @param keptFor how long a finished job's print data is kept
     */
    public Stream<String> neededDocuments(Instant now, Duration keptFor) {
        Instant endedSince = now.minus(keptFor);
        return byNumber.values().stream()
                .filter(kept -> currentOrNull(kept) != null || isAfter(kept.endedAt(), endedSince))
                .map(KeptJob::documentId);
    }

    private static boolean isAfter(@Nullable Instant moment, Instant other) {
        return moment == null || moment.isAfter(other);
    }

    /** The jobs that are over for good, oldest first. */
    public List<KeptJob> over() {
        return kept(over).toList();
    }

    /** The jobs with a lower number in one of these states, newest first. */
    public Stream<PrintJob> newestFirst(int before, Set<JobState> states) {
        return byNumber.headMap(before).descendingMap().values().stream()
                .filter(kept -> states.contains(kept.state()))
                .map(KeptJob::job);
    }

    /** A view that unpacks each job when the iteration reaches it. */
    private static Collection<PrintJob> unpacked(Collection<KeptJob> kept) {
        return new AbstractCollection<>() {
            @Override
            public Iterator<PrintJob> iterator() {
                return kept.stream().map(KeptJob::job).iterator();
            }

            @Override
            public int size() {
                return kept.size();
            }
        };
    }

    public Counts counts() {
        return counts;
    }

    /** An empty table with the same limit. */
    JobTable cleared() {
        return empty(finishedKept);
    }

    /** The table with this job added or replaced. */
    JobTable with(PrintJob job) {
        KeptJob known = byNumber.get(job.number());
        PrintJob old = known == null ? null : currentOrNull(known);
        var turns = waiting;
        if (old != null && old.isWaiting() && !job.isWaiting()) {
            turns = turns.minus(Turn.of(old));
        } else if (job.isWaiting() && (old == null || !old.isWaiting())) {
            turns = turns.plus(Turn.of(job));
        }
        String key = job.ticket().ownKey();
        var changed = new JobTable(
                byNumber.plus(job.number(), job),
                turns,
                with(current, job.number(), !job.isOver()),
                with(over, job.number(), job.isOver()),
                with(watched, job.number(), job.isWatched()),
                key == null || known != null ? byKey : byKey.plus(key, job.number()),
                counts.plus(old, -1).plus(job, 1),
                finishedKept);
        return changed.over.size() > finishedKept ? changed.without(changed.over.first()) : changed;
    }

    private static TreePSet<Integer> with(TreePSet<Integer> numbers, int number, boolean in) {
        return in ? numbers.plus(number) : numbers.minus(number);
    }

    /** The job, unless it is over for good. */
    private static @Nullable PrintJob currentOrNull(KeptJob kept) {
        return kept.isOver() ? null : kept.job();
    }

    private static boolean endedBefore(@Nullable KeptJob kept, Instant moment) {
        Instant endedAt = kept == null ? null : kept.endedAt();
        return endedAt != null && endedAt.isBefore(moment);
    }

    JobTable withoutEndedBefore(Instant moment) {
        var table = this;
        for (int number : over) {
            if (endedBefore(byNumber.get(number), moment)) {
                table = table.without(number);
            }
        }
        return table;
    }

    boolean anyEndedBefore(Instant moment) {
        return kept(over).anyMatch(kept -> endedBefore(kept, moment));
    }

    private JobTable without(int number) {
        KeptJob job = byNumber.get(number);
        String key = job == null ? null : job.ownKey();
        return new JobTable(
                byNumber.minus(number),
                waiting,
                current,
                over.minus(number),
                watched.minus(number),
                key == null ? byKey : byKey.minus(key),
                counts,
                finishedKept);
    }
}
