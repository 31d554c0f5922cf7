package io.platen.printer;

import io.platen.printer.diagnosis.Manners;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.language.FrameReader;
import io.platen.printer.language.PrinterLanguage;
import io.platen.printer.language.ReplyPatterns;
import io.platen.printer.transport.SocketSettings;
import java.time.Duration;

/**
 * The settings of one printer's connections.
 *
 * @param confirm the rung at which a document counts as delivered
 * @param patterns how its settings sort the printer's words
 * @param stallTimeout how long without any sign of life until the connection is given up
 * @param patience how long a printer that is alive may take no data; zero is for ever
 * @param closeTimeout how long the printer may take to close its end after the last byte
 * @param settleTimeout how long after its verdict a job on a kept-open connection is judged again when the printer resets
 *     the connection or refuses the data
 * @param confirmTimeout how long the printer may take to report the labels printed, while it can print
 * @param idleTimeout how long a kept-open connection may be idle
 * @param holdTime how long a connection must hold after a loss before anything is sent over it
 * @param leastPause the least time from a connection's end to the next one's SYN; zero is none
 * @param backoff pauses before fresh connections after failures
 * @param mayRepeat whether a document may be sent again by itself although the printer may have taken bytes of it
 * @param socket the options of the socket
 */
public record ConnectionSettings(
        PrinterAddress address,
        PrinterLanguage language,
        Rung confirm,
        ConnectionPolicy policy,
        ReplyPatterns patterns,
        Duration stallTimeout,
        Duration patience,
        Duration closeTimeout,
        Duration settleTimeout,
        Duration confirmTimeout,
        Duration idleTimeout,
        Duration holdTime,
        Duration leastPause,
        Backoff backoff,
        boolean mayRepeat,
        SocketSettings socket) {
    private static final Duration LEARNED_CLOSE = Duration.ofMillis(250);

    /** A reader for one connection, which sorts what the printer says. */
    public FrameReader frameReader() {
        return language.reader(patterns);
    }

    /** How long to wait for the printer's close. The wait is short when the printer has not closed for several jobs. */
    public Duration closePatience(Manners manners) {
        return manners.isSlowToClose() && closeTimeout.compareTo(LEARNED_CLOSE) > 0 ? LEARNED_CLOSE : closeTimeout;
    }
}
