package io.platen.printer.transport;

import akka.util.ByteString;

/** Hears everything that happens on a connection. Called on its event loop, so implementations must return quickly. */
public interface LineListener {
    /** The connection stands. */
    void connected();

    /** No connection came about. */
    void connectFailed(Throwable cause);

    /** The printer sent something. The next bytes are read when {@link Line#readOn} is called. */
    void replied(ByteString bytes);

    /** The printer's FIN: it will send no more. */
    void peerFinished();

    /** The connection is dead: reset, aborted, or timed out in the kernel. */
    void broken(Throwable cause);
}
