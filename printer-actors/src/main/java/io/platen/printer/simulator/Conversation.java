package io.platen.printer.simulator;

import java.io.IOException;

/** One connection from accept to its end, on the printer's own thread. */
interface Conversation extends Press.Listener {

    /** Whether all of it was read to the sender's FIN. */
    boolean run() throws IOException, InterruptedException;

    /** Whether its socket stays open when it is over. */
    boolean leavesOpen();
}
