package io.platen.printer.connection;

import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.ConnectionEvent.Written;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * An open connection in the hands of the phase that uses it. What is asked of it comes back as {@link ConnectionEvent}s
 * with its number.
 */
interface OpenLine {
    int number();

    /** Our end; empty before the connection stands. */
    Optional<InetSocketAddress> local();

    /** The printer's end; empty before the connection stands. */
    Optional<InetSocketAddress> remote();

    /** Bytes that the kernel has taken since the connection stands. */
    long written();

    /** Whether this side has not closed it yet. */
    boolean isOpen();

    /** Sorts what the printer said, and has the next piece read. */
    Words heard(ByteString said);

    /** What the printer had begun to say, as if it had ended there. */
    Words rest();

    /** What the printer has begun to say counts as whole when nothing follows it for a moment. */
    void awaitRest();

    /** Whether the printer said more than the patterns of its settings could look through. */
    boolean hasSkippedLines();

    /** From here on the connection counts as preceded by what cancels an unfinished format. */
    void precede();

    /** Whether the printer may still refuse what preceded the documents, and not a document. */
    boolean isPreceded();

    /** Asks the kernel; comes back as {@link ConnectionEvent.Sampled}. */
    void sample();

    /** Writes with the printer's demand; comes back as {@link Written} or {@link ConnectionEvent.WriteFailed}. */
    void write(Source<ByteString, ?> bytes);

    /** Whether this is the end of the latest write: the end of an earlier one says nothing about it. */
    boolean isLatest(Written written);

    /** Takes nothing more from the document that is being written. */
    void stopWriting();

    /** Sends our FIN. Reading goes on. */
    void finishSending();

    /** Has the kernel ask the printer for a sign of life in each second of silence. */
    void askPeer();

    /** Nothing is under way for a while: silence is usual again. */
    void idles();

    /** Closes in order; what is unsent still goes out. Comes back as {@link ConnectionEvent.Closed}. */
    void close();

    /** Resets; what is unsent is thrown away. Comes back as {@link ConnectionEvent.Closed}. */
    void abort();

    /** Starts a timer, or starts it anew; comes back as {@link ConnectionEvent.Due}. */
    void start(Timer timer, Duration after);

    void cancel(Timer timer);

    void cancelTimers();

    boolean awaits(Timer timer);
}
