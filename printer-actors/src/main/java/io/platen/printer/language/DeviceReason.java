package io.platen.printer.language;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;

/** Why a printer does not print, or soon will not, in IPP's words where it has one (RFC 8011, section 5.4.12). */
public enum DeviceReason {
    MEDIA_EMPTY(true),
    MEDIA_LOW(false),
    MEDIA_JAM(true),
    /** The ribbon is out or torn. */
    MARKER_SUPPLY_EMPTY(true),
    MARKER_SUPPLY_LOW(false),
    /** The cover, or the print head, is open. */
    COVER_OPEN(true),
    PAUSED(true),
    OFFLINE(true),
    /** The receive buffer is full: the printer takes no more for now. */
    SPOOL_AREA_FULL(false),
    /** A printed label waits to be taken from the peeler. IPP has no word for this. */
    LABEL_WAITING(true),
    /** Anything else that stops it: cutter, heat, memory, sensor. */
    OTHER(true),
    /** Anything else that does not stop it yet: a cold or worn head, a low battery. */
    OTHER_WARNING(false);

    private final boolean stopsPrinting;

    DeviceReason(boolean stopsPrinting) {
        this.stopsPrinting = stopsPrinting;
    }

    /** Whether no label comes out while this lasts. */
    public boolean stopsPrinting() {
        return stopsPrinting;
    }

    /** The stored and shown name. */
    @JsonValue
    public String keyword() {
        return Keywords.of(this);
    }
}
