package io.platen.bench.subject;

import java.io.IOException;
import java.util.Optional;

/** A kind of print server that can be measured. */
public interface PrintSystem {

    /** As the tables show it. */
    String name();

    /** What is missing on this machine, and how to install it; empty if it can be measured. */
    Optional<String> missing();

    /** For the description of the machine. */
    String version() throws IOException;

    /** Starts a server with these printers; it is ready when this returns. */
    PrintServer start(Setup setup) throws IOException;
}
