package io.platen.printer.transport;

import akka.util.ByteString;

/** Hears everything that happens on a line. Called on the line's event loop: hand over, don't work. */
public interface LineListener {
    /** The connection stands. */
    void connected();

    /** It does not. */
    void connectFailed(Throwable cause);

    /** The printer sent something. The next piece is read when {@link Line#readOn} is called. */
    void replied(ByteString bytes);

    /** The printer's FIN: it will send no more. */
    void peerFinished();

    /** The connection is dead: reset, aborted, or timed out in the kernel. */
    void broken(Throwable cause);
}
