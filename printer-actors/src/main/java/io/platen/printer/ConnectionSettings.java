package io.platen.printer;

import io.platen.printer.diagnosis.Rung;
import io.platen.printer.language.PrinterLanguage;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How one printer is to be spoken to.
 *
 * @param confirm the rung at which a document counts as delivered
 * @param rejectPattern what else in a reply means that the printer refused the data
 * @param connectTimeout how long to wait for the connection
 * @param stallTimeout how long without any sign of life until the line is given up
 * @param closeTimeout how long the printer may take to close its end after the last byte
 * @param idleTimeout how long a kept-open connection may be idle
 * @param minBackoff pause before the first fresh connection after a failure
 * @param maxBackoff the longest such pause
 * @param mayRepeat whether a document of which bytes may have been taken may be sent again unasked
 * @param sendBufferBytes SO_SNDBUF of the socket
 */
public record ConnectionSettings(
        PrinterAddress address,
        PrinterLanguage language,
        Rung confirm,
        ConnectionPolicy policy,
        @Nullable Pattern rejectPattern,
        Duration connectTimeout,
        Duration stallTimeout,
        Duration closeTimeout,
        Duration idleTimeout,
        Duration minBackoff,
        Duration maxBackoff,
        boolean mayRepeat,
        int sendBufferBytes) {

    /** Whether a reply, taken alone, reads as a refusal of the data. */
    boolean isErrorReply(String reply) {
        return language.isErrorReply(reply)
                || (rejectPattern != null && rejectPattern.matcher(reply).find());
    }
}
