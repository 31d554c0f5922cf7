package io.platen.spooler.job;

import io.platen.printer.ConnectionPolicy;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.language.PrinterLanguage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a printer.
 *
 * @param attempts how many times a job is sent before the printer or the job is held responsible
 * @param rejectPattern a regular expression for further replies that mean that the printer refused the data
 * @param ignorePattern a regular expression for replies that mean nothing
 * @param socket the printer's own socket options; null for those of the configuration
 * @param keepDocuments how long a finished job's print data is kept; null for the configured time
 * @param callback the URL to which the printer's events are sent
 */
public record PrinterProfile(
        String uri,
        PrinterLanguage language,
        @Nullable String displayName,
        @Nullable String location,
        List<String> tags,
        DeliveryPromise delivery,
        Rung confirm,
        ConnectionPolicy connection,
        int attempts,
        Backoff backoff,
        Timeouts timeouts,
        @Nullable String rejectPattern,
        @Nullable Socket socket,
        @Nullable Duration keepDocuments,
        @Nullable String callback,
        @Nullable String ignorePattern) {

    /** The same printer at another address. */
    public PrinterProfile at(String otherUri) {
        return new PrinterProfile(
                otherUri,
                language,
                displayName,
                location,
                tags,
                delivery,
                confirm,
                connection,
                attempts,
                backoff,
                timeouts,
                rejectPattern,
                socket,
                keepDocuments,
                callback,
                ignorePattern);
    }

    /** The first and the longest pause between attempts to connect. */
    public record Backoff(Duration min, Duration max) {}

    /**
     * How long to wait.
     *
     * @param connect for the connection to be established
     * @param stall for any sign of life while sending
     * @param close for the printer to close its end after the last byte
     * @param patience while the printer is alive but takes no data; null for no limit
     * @param pause the least time from the end of one connection to the SYN of the next; null for none
     * @param confirm for the printer to report the labels as printed, while it is able to print; null for {@link #CONFIRM}
     */
    public record Timeouts(
            Duration connect,
            Duration stall,
            Duration close,
            @Nullable Duration patience,
            @Nullable Duration confirm,
            @Nullable Duration pause) {

        /** Used by profiles without {@code confirm}. */
        public static final Duration CONFIRM = Duration.ofSeconds(60);
    }

    /** Socket options. Null stands for the value of the configuration, see {@code platen.printer.socket}. */
    public record Socket(
            @Nullable Integer sendBufferBytes,
            @Nullable Duration keepAliveIdle,
            @Nullable Duration keepAliveInterval,
            @Nullable Integer keepAliveCount,
            @Nullable Duration userTimeout) {}
}
