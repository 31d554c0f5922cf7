package io.platen.spooler.queue;

import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;

/** Keeps failure storage on disk in step with the queues. Told after the event was stored; never makes a queue wait. */
public interface Filing {

    /** A job has been put into failure storage: takes what only this moment can show, and writes the folder later. */
    void condemned(PrinterId printer, PrintJob job);

    /** A job has left failure storage: its folder goes. */
    void takenOut(PrinterId printer, int job);

    /** A queue has read its journal, and does not know which of its last events it has told of. */
    void recovered(PrinterId printer, QueueState state);
}
