package io.platen.spooler.queue;

import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;

/** Keeps failure storage on disk in step with the queues. Called after events were stored; never makes a queue wait. */
public interface Filing {

    /** A job went to failure storage. Takes at once what only this moment can show, and writes the folder later. */
    void condemned(PrinterId printer, PrintJob job);

    /** A job left failure storage, so its folder is removed. */
    void takenOut(PrinterId printer, int job);

    /** A queue was read from the journal. It does not know for which of its last events it has called this interface. */
    void recovered(PrinterId printer, QueueState state);
}
