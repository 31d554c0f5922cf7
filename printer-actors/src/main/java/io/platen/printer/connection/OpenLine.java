package io.platen.printer.connection;

import akka.util.ByteString;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.ConnectionEvent.Written;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * An open connection, as the phases use it. The results of its methods come back as {@link ConnectionEvent}s with its
 * number.
 */
interface OpenLine {
    int number();

    /** The socket address of our end; empty before the connection stands. */
    Optional<InetSocketAddress> local();

    /** The socket address of the printer's end; empty before the connection stands. */
    Optional<InetSocketAddress> remote();

    /** How many bytes the kernel has taken on this connection. */
    long written();

    /** Whether our side has not closed the connection yet. */
    boolean isOpen();

    /** Sorts what the printer said into frames, and lets the next bytes be read. */
    Words heard(ByteString said);

    /** Takes what the printer has begun to say as if it were whole. */
    Words rest();

    /** Starts {@link Timer#REPLY_PAUSE} when the printer is in mid-frame: after a pause, what it has begun to say counts as whole. */
    void awaitRest();

    /** Whether the printer sent more text than the patterns of its settings could search. */
    boolean hasSkippedLines();

    /** Remembers that bytes that cancel an unfinished format are sent over this connection. */
    void precede();

    /** Whether {@link #precede} was called: a refusal may then be about those bytes, and not about a document. */
    boolean isPreceded();

    /** Asks the kernel how the connection stands; comes back as {@link ConnectionEvent.Sampled}. */
    void sample();

    /** Like {@link #sample}, but comes back only when the printer owes no ACK any more, or after some milliseconds. */
    void sampleOnceAcknowledged();

    /** Writes as fast as the printer reads; comes back as {@link Written} or {@link ConnectionEvent.WriteFailed}. */
    void write(PrintData data);

    /** Whether the event is about the latest write, and not about an earlier one. */
    boolean isLatest(Written written);

    /** Reads no more of the document that is being written. */
    void stopWriting();

    /** Sends our FIN. Reading goes on. */
    void finishSending();

    /** Lets the kernel ask the printer for a sign of life in each second of silence. */
    void askPeer();

    /** No document is under way: the kernel asks for signs of life as seldom as the socket's settings say. */
    void idles();

    /** Closes in order; unsent bytes still go out. Comes back as {@link ConnectionEvent.Closed}. */
    void close();

    /** Resets; unsent bytes are thrown away. Comes back as {@link ConnectionEvent.Closed}. */
    void abort();

    /** Starts or restarts a timer; comes back as {@link ConnectionEvent.Due}. */
    void start(Timer timer, Duration after);

    void cancel(Timer timer);

    void cancelTimers();

    boolean awaits(Timer timer);
}
