package io.platen.spooler.upkeep;

import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.Recorded;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the files of a failure's folder, except the document. */
public interface FailureFormat {

    /** What only the moment of the failure can show. Held in memory until the folder is written. */
    interface Moment {
        /** The approximate memory that it takes, in bytes. */
        long bytes();
    }

    /** Takes what only this moment can show. Called on the thread of the printer's queue, so it must not block. */
    Moment moment(PrinterId printer, PrintJob job);

    /**
     * Makes the files, by name. May block. Called again when they could not be written.
     *
     * @param job in failure storage
     * @param history the job's events, including the one that put it into failure storage
     * @param moment null if it is lost, which the files then say
     */
    Map<String, byte[]> files(PrinterId printer, PrintJob job, List<Recorded> history, @Nullable Moment moment);
}
