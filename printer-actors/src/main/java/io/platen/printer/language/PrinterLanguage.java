package io.platen.printer.language;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;
import java.util.List;

/** A printer's command language: how to ask for its status, and how to sort what it says. */
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
    /** Any other language, of which Platen knows nothing. */
    RAW;

    /** A reader for one connection, which sorts what the printer says into frames. */
    public FrameReader reader(ReplyPatterns patterns) {
        return new StreamReader(dialect(), patterns);
    }

    /** The queries for a printer's status: the best one first, then the one to send when that is not answered. */
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

    /**
     * What to send so that an unfinished format does not swallow the next one; empty when the language has nothing for this.
     * In ZPL {@code ~JX} throws away a partly received format (ZPL II Programming Guide, "~JX Cancel Current Partially
     * Input Format"), and {@code ^XZ} ends it on printers that do not know {@code ~JX}; alone, {@code ^XZ} prints nothing.
     */
    public String cancelsPartialFormat() {
        return this == ZPL ? "~JX^XZ" : "";
    }

    /** The stored and shown name. */
    @JsonValue
    public String keyword() {
        return Keywords.of(this);
    }
}
