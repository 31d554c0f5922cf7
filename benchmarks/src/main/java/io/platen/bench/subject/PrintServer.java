package io.platen.bench.subject;

import io.platen.bench.load.Protocol;
import java.io.IOException;
import java.time.Duration;

/** A running print server. */
public interface PrintServer extends AutoCloseable {

    /** How it takes jobs. Each start may listen on another port. */
    Protocol protocol();

    /** Of the process that runs now. */
    ProcessFigures figures();

    /** Ends the process, and starts a fresh one on the same data; how long that took from its start until it was ready. */
    Duration restart() throws IOException;

    @Override
    void close() throws IOException;
}
