package io.platen.spooler.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;
import io.platen.printer.diagnosis.Manners;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a printer has ended its latest connections, once it had a whole job: one ending, so many times in a row.
 *
 * @param job the first job of the run
 * @param severalJobs whether the run has more than one job: a job that makes its printer reset says nothing of others
 * @param openSince since when connections were kept open after their jobs, so that nothing is known of their end yet
 */
public record Endings(
        Ending ending,
        int times,
        int job,
        boolean severalJobs,
        @Nullable Instant openSince) {

    /** A printer that resets after its jobs does it sooner than this. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    /** What the printer did when it had everything. */
    public enum Ending {
        CLOSED,
        NOT_CLOSED,
        RESET;

        /** The stored name. */
        @JsonValue
        public String keyword() {
            return Keywords.of(this);
        }
    }

    static final Endings NONE = new Endings(Ending.CLOSED, 0, 0, false, null);

    Endings and(Ending next, int ofJob) {
        return next == ending && times > 0
                ? new Endings(ending, times + 1, job, severalJobs || ofJob != job, null)
                : new Endings(next, 1, ofJob, false, null);
    }

    /**
     * A job was delivered, and its connection stays open. One before it that has been open for a while by then has
     * ended nothing badly; one that is younger may yet.
     */
    Endings keptOpen(int ofJob, Instant at) {
        boolean isSettled = openSince != null && !at.isBefore(openSince.plus(SETTLED));
        Endings before = isSettled ? and(Ending.CLOSED, ofJob) : this;
        Instant since = before.openSince == null ? at : before.openSince;
        return new Endings(before.ending, before.times, before.job, before.severalJobs, since);
    }

    /** A connection that was kept open was reset after all. It ends once, however many of its jobs are in doubt then. */
    Endings resetAfterAll(int ofJob) {
        if (openSince != null || ending != Ending.RESET) {
            return and(Ending.RESET, ofJob);
        }
        return new Endings(ending, times, job, severalJobs || ofJob != job, null);
    }

    /** What is known of the printer when a job is about to be sent. */
    public Manners manners(int nextJob) {
        return new Manners(
                count(Ending.NOT_CLOSED),
                wouldBeManner(Ending.NOT_CLOSED, nextJob),
                count(Ending.RESET),
                wouldBeManner(Ending.RESET, nextJob));
    }

    /** Whether the printer has shown the ending as its manner by now. */
    @JsonIgnore
    public boolean isManner(Ending asked) {
        return count(asked) >= Manners.TIMES_TO_LEARN && severalJobs;
    }

    private int count(Ending asked) {
        return asked == ending ? times : 0;
    }

    private boolean wouldBeManner(Ending asked, int nextJob) {
        return count(asked) + 1 >= Manners.TIMES_TO_LEARN && (severalJobs || nextJob != job);
    }
}
