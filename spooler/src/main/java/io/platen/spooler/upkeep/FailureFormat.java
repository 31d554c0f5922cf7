package io.platen.spooler.upkeep;

import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.Recorded;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a failure is written down: the files of its folder, beside the document. */
public interface FailureFormat {

    /** What only the moment of the failure can show, held in memory before it is written. */
    interface Moment {
        /** About how much memory it takes, in bytes. */
        long bytes();
    }

    /** Takes what only this moment can show. Called on the thread of the printer's queue: it must not wait for anything. */
    Moment moment(PrinterId printer, PrintJob job);

    /**
     * Makes the files, by name. Called on a thread that may block, and again when the disk could not take them.
     *
     * @param job as it is in failure storage
     * @param history its events, the one that puts it there included
     * @param moment null when it is lost: then the files say so
     */
    Map<String, byte[]> files(PrinterId printer, PrintJob job, List<Recorded> history, @Nullable Moment moment);
}
