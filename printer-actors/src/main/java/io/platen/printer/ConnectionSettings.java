package io.platen.printer;

import io.platen.printer.diagnosis.Rung;
import io.platen.printer.language.PrinterLanguage;
import io.platen.printer.transport.SocketSettings;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How one printer is to be spoken to.
 *
 * @param confirm the rung at which a document counts as delivered
 * @param rejectPattern what else in a reply means that the printer refused the data
 * @param stallTimeout how long without any sign of life until the line is given up
 * @param patience how long a printer that is alive may take no data; zero is for ever
 * @param closeTimeout how long the printer may take to close its end after the last byte
 * @param settleTimeout how long after its judgement a job on a kept-open connection is judged again when the
 *     printer resets or rejects
 * @param confirmTimeout how long the printer may take to report the labels printed, while it can print
 * @param idleTimeout how long a kept-open connection may be idle
 * @param minBackoff pause before the first fresh connection after a failure
 * @param maxBackoff the longest such pause
 * @param mayRepeat whether a document of which bytes may have been taken may be sent again unasked
 * @param socket what is set on the socket
 */
public record ConnectionSettings(
        PrinterAddress address,
        PrinterLanguage language,
        Rung confirm,
        ConnectionPolicy policy,
        @Nullable Pattern rejectPattern,
        Duration stallTimeout,
        Duration patience,
        Duration closeTimeout,
        Duration settleTimeout,
        Duration confirmTimeout,
        Duration idleTimeout,
        Duration minBackoff,
        Duration maxBackoff,
        boolean mayRepeat,
        SocketSettings socket) {

    /** Whether a reply, taken alone, reads as a refusal of the data. */
    boolean isErrorReply(String reply) {
        return language.isErrorReply(reply)
                || (rejectPattern != null && rejectPattern.matcher(reply).find());
    }
}
