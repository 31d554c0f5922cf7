package io.platen.spooler.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;
import io.platen.printer.diagnosis.Manners;

/**
 * How a printer has ended its latest connections, once it had a whole job: one ending, so many times in a row.
 *
 * @param job the first job of the run
 * @param severalJobs whether the run has more than one job: a job that makes its printer reset says nothing of others
 * @param open the latest job's connection was kept open, so that nothing is known of its end yet
 */
public record Endings(Ending ending, int times, int job, boolean severalJobs, boolean open) {

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

    static final Endings NONE = new Endings(Ending.CLOSED, 0, 0, false, false);

    Endings and(Ending next, int ofJob) {
        return next == ending && times > 0
                ? new Endings(ending, times + 1, job, severalJobs || ofJob != job, false)
                : new Endings(next, 1, ofJob, false, false);
    }

    /** A job was judged, and its connection stays open. */
    Endings keptOpen() {
        return new Endings(ending, times, job, severalJobs, true);
    }

    /** Another attempt begins: a connection that was kept open until now has ended nothing badly. */
    Endings settled(int ofJob) {
        return open ? and(Ending.CLOSED, ofJob) : this;
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
