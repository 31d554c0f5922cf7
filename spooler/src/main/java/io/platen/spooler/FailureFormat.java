package io.platen.spooler;

import io.platen.spooler.Spooler.Recorded;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import java.util.List;
import java.util.Map;

/** How a failure is written down: the files of its folder, beside the document. */
@FunctionalInterface
public interface FailureFormat {

    /**
     * Makes the files, by name. Called on a thread that may block.
     *
     * @param job as it is in failure storage
     * @param history its events, the one that puts it there included
     */
    Map<String, byte[]> files(PrinterId printer, PrintJob job, List<Recorded> history);
}
