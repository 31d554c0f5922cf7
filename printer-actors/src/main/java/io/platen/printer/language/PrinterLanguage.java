package io.platen.printer.language;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A printer's command language: how to ask how it is, and what an error reply looks like. */
public enum PrinterLanguage {
    /** Zebra Programming Language II. {@code ~HS} asks for the host status. */
    ZPL("~HS"),
    EPL(null),
    TSPL(null),
    /** Anything else: bytes are bytes. */
    RAW(null);

    /** A line that begins with one of the words printers use to refuse data, or a NAK. */
    private static final Pattern ERROR_REPLY = Pattern.compile("(?im)^\\W*(err|error|nak|fault)\\b|\\x15");

    private final @Nullable String statusQuery;

    PrinterLanguage(@Nullable String statusQuery) {
        this.statusQuery = statusQuery;
    }

    /** What to send to ask a printer for its status, where the language has such a query. */
    public Optional<String> statusQuery() {
        return Optional.ofNullable(statusQuery);
    }

    /** Whether what a printer has answered so far is a whole status reply. */
    public boolean isCompleteStatus(String reply) {
        return this == ZPL && ZplHostStatus.parse(reply).isPresent();
    }

    /** Whether a status reply says that the printer can print. */
    public boolean isHealthyStatus(String reply) {
        return this == ZPL
                && ZplHostStatus.parse(reply).map(ZplHostStatus::canPrint).orElse(false);
    }

    /** Whether a status reply says that everything it has taken is printed. */
    public boolean isPrintedStatus(String reply) {
        return this == ZPL
                && ZplHostStatus.parse(reply).map(ZplHostStatus::isDone).orElse(false);
    }

    /** Whether an unsolicited reply means that the printer refused the data. */
    public boolean isErrorReply(String reply) {
        return ERROR_REPLY.matcher(reply).find();
    }

    /** The stored and shown name. */
    @JsonValue
    public String keyword() {
        return Keywords.of(this);
    }
}
