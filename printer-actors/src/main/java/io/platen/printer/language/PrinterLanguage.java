package io.platen.printer.language;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A printer's command language: how to ask how it is, and what an error reply looks like. */
public enum PrinterLanguage {
    /** Zebra Programming Language II. {@code ~HS} asks for the host status. */
    ZPL("~HS", "\u0003"),
    EPL(null, null),
    TSPL(null, null),
    /** Anything else: bytes are bytes. */
    RAW(null, null);

    /** A line that begins with one of the words printers use to refuse data, or a NAK. */
    private static final Pattern ERROR_REPLY = Pattern.compile("(?im)^\\W*(err|error|nak|fault)\\b|\\x15");

    private final @Nullable String statusQuery;
    private final @Nullable String statusMark;

    PrinterLanguage(@Nullable String statusQuery, @Nullable String statusMark) {
        this.statusQuery = statusQuery;
        this.statusMark = statusMark;
    }

    /** What to send to ask a printer for its status, where the language has such a query. */
    public Optional<String> statusQuery() {
        return Optional.ofNullable(statusQuery);
    }

    /** Whether what a printer answered is (the beginning of) a status reply. */
    public boolean isStatusReply(String reply) {
        return statusMark != null && reply.contains(statusMark);
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
