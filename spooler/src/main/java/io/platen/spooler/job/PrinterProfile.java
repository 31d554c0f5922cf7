package io.platen.spooler.job;

import io.platen.printer.ConnectionPolicy;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.language.PrinterLanguage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A printer as it is configured.
 *
 * @param attempts how many times a job is tried before its printer or the job itself is suspected
 * @param rejectPattern a regular expression: what else in a reply means that the data was refused
 * @param ignorePattern a regular expression: what in a reply means nothing
 * @param socket options of its own; null for those of the configuration
 * @param keepDocuments how long a finished job's print data is kept; null for the configured time
 * @param callback the URL that is told what happens at the printer
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

    /** Pauses between fresh connections: the first, and the longest. */
    public record Backoff(Duration min, Duration max) {}

    /**
     * How long to wait.
     *
     * @param connect for the connection
     * @param stall for any sign of life while sending
     * @param close for the printer to close its end after the last byte
     * @param patience while the printer is alive but takes no data; null is for ever
     * @param pause from the end of one connection to the next one's SYN, at least; null is none
     * @param confirm for the printer to report the labels printed, while it can print; null is {@link #CONFIRM}
     */
    public record Timeouts(
            Duration connect,
            Duration stall,
            Duration close,
            @Nullable Duration patience,
            @Nullable Duration confirm,
            @Nullable Duration pause) {

        /** For profiles that leave it out. */
        public static final Duration CONFIRM = Duration.ofSeconds(60);
    }

    /** Socket options; null where the configuration's holds. See {@code platen.printer.socket}. */
    public record Socket(
            @Nullable Integer sendBufferBytes,
            @Nullable Duration keepAliveIdle,
            @Nullable Duration keepAliveInterval,
            @Nullable Integer keepAliveCount,
            @Nullable Duration userTimeout) {}
}
