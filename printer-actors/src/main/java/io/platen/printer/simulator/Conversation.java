package io.platen.printer.simulator;

import java.io.IOException;

/** One connection from accept to its end, on the printer's own thread. */
interface Conversation extends Press.Listener {

    /** Runs the connection to its end. Returns whether everything was read up to the sender's FIN. */
    boolean run() throws IOException, InterruptedException;

    /** Whether its socket stays open after its end. */
    boolean leavesOpen();
}
