package io.platen.printer.language;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;
import java.util.List;

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

    /** A reader for one connection, which sorts what the printer says into frames. */
    public FrameReader reader(ReplyPatterns patterns) {
        return new StreamReader(dialect(), patterns);
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

    /**
     * What to send so that a format that was left unfinished does not swallow the next; empty where nothing is known. In
     * ZPL {@code ~JX} throws away a format that has come in part (ZPL II Programming Guide, "~JX Cancel Current Partially
     * Input Format"), and {@code ^XZ} ends it on printers that do not know that; alone it prints nothing.
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
