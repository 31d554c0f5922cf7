package io.platen.spooler.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;
import io.platen.printer.diagnosis.Manners;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a printer has ended its latest connections after it had a whole job: a run of equal endings.
 *
 * @param times length of the run
 * @param job the first job of the run
 * @param severalJobs whether the run has more than one job: one job that makes the printer reset says nothing about others
 * @param openSince since when a connection has been kept open after its job, so that its end is not known yet
 */
public record Endings(
        Ending ending,
        int times,
        int job,
        boolean severalJobs,
        @Nullable Instant openSince) {

    /** A printer that resets after its jobs does so within this time. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    /** How the printer ended a connection after it had the whole job. */
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
     * A job was delivered, and its connection stays open. If it was open for a while before, the earlier jobs on it have ended
     * well; if not, the printer may still reset it.
     */
    Endings keptOpen(int ofJob, Instant at) {
        boolean isSettled = openSince != null && !at.isBefore(openSince.plus(SETTLED));
        Endings before = isSettled ? and(Ending.CLOSED, ofJob) : this;
        Instant since = before.openSince == null ? at : before.openSince;
        return new Endings(before.ending, before.times, before.job, before.severalJobs, since);
    }

    /** A connection that was kept open was reset. This counts as one ending, however many of its jobs are in doubt. */
    Endings resetAfterAll(int ofJob) {
        if (openSince != null || ending != Ending.RESET) {
            return and(Ending.RESET, ofJob);
        }
        return new Endings(ending, times, job, severalJobs || ofJob != job, null);
    }

    /** What is known about the printer's endings when a job is about to be sent. */
    public Manners manners(int nextJob) {
        return new Manners(
                count(Ending.NOT_CLOSED),
                wouldBeManner(Ending.NOT_CLOSED, nextJob),
                count(Ending.RESET),
                wouldBeManner(Ending.RESET, nextJob));
    }

    /** Whether the ending is usual for the printer. */
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
