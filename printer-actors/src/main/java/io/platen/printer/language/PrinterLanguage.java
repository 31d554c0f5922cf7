package io.platen.printer.language;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A printer's command language: how to ask how it is, and how to sort what it says. */
public enum PrinterLanguage {
    /** Zebra Programming Language II. {@code ~HS} asks for the host status. */
    ZPL,
    /** Eltron Programming Language 2. */
    EPL,
    TSPL,
    /** SATO Barcode Printer Language. */
    SBPL,
    /** Datamax Programming Language. */
    DPL,
    /** Comtec Printer Control Language, of mobile printers. */
    CPCL,
    ESCPOS,
    /** Intermec Printer Language. */
    IPL,
    /** Anything else: bytes are bytes. */
    RAW;

    /** A line that begins with one of the words printers use to refuse data, or a NAK. */
    private static final Pattern ERROR_REPLY = Pattern.compile("(?im)^\\W*(err|error|nak|fault)\\b|\\x15");

    /**
     * A reader for one connection, which sorts what the printer says into frames.
     *
     * @param rejects what else in a line of text means that the printer refused the data
     * @param ignores what in a line of text means nothing; looked at before everything else
     */
    public FrameReader reader(@Nullable Pattern rejects, @Nullable Pattern ignores) {
        return new StreamReader(dialect(), rejects, ignores);
    }

    /** What to send to ask a printer for its status: the best question first, and what to ask when it is silent. */
    public List<String> statusQueries() {
        return this == ZPL ? List.of(ZplHostStatus.QUERY, ZplErrorStatus.QUERY) : List.of();
    }

    private Dialect dialect() {
        return switch (this) {
            case ZPL -> new ZplDialect();
            case EPL -> new EplDialect();
            case TSPL -> new TsplDialect();
            case SBPL -> new SbplDialect();
            case DPL -> new DplDialect();
            case CPCL -> new CpclDialect();
            case ESCPOS -> new EscPosDialect();
            case IPL -> new IplDialect();
            case RAW -> new PlainDialect();
        };
    }

    /** What to send to ask a printer for its status, where the language has such a query. */
    public Optional<String> statusQuery() {
        return statusQueries().stream().findFirst();
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
