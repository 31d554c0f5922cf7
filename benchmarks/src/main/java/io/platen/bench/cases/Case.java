package io.platen.bench.cases;

import java.io.IOException;

/** Something that is measured. */
public interface Case {

    /** As the command line and the tables show it. */
    String name();

    /** One line for people who choose. */
    String description();

    void run(Lab lab) throws IOException;
}
