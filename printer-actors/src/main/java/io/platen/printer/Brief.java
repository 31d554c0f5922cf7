package io.platen.printer;

import io.platen.printer.diagnosis.Manners;

/**
 * What the queue knows of a document and its printer that matters for one delivery.
 *
 * @param afterPartialFormat the printer may hold an unfinished format, which must be canceled first
 * @param leavesPartialFormat the document itself ends inside a format, so the next document needs a fresh connection
 * @param hasFormats whether the document has formats, so that a part of one may stay in the printer when the delivery breaks off
 * @param statusAnswersOwed how many answers to status queries the document itself will cause
 * @param answersStatus whether the printer has ever answered a status query
 * @param manners how this printer ends connections
 */
public record Brief(
        boolean afterPartialFormat,
        boolean leavesPartialFormat,
        boolean hasFormats,
        int statusAnswersOwed,
        boolean answersStatus,
        Manners manners) {

    /** For a document and a printer of which nothing special is known. */
    public static final Brief PLAIN = new Brief(false, false, false, 0, false, Manners.UNKNOWN);

    /** This brief, with a printer that may hold an unfinished format. */
    public Brief afterPart() {
        return new Brief(true, leavesPartialFormat, hasFormats, statusAnswersOwed, answersStatus, manners);
    }
}
