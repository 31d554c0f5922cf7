package io.platen.printer;

import io.platen.printer.diagnosis.Manners;

/**
 * What a queue knows that matters for one delivery.
 *
 * @param afterPartialFormat the printer may hold a format that was not finished: close or cancel it first
 * @param leavesPartialFormat the document itself ends inside a format: the next one needs a fresh connection
 * @param hasFormats whether the document has formats, of which a part is left when it breaks off
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

    /** For a document of which nothing special is known. */
    public static final Brief PLAIN = new Brief(false, false, false, 0, false, Manners.UNKNOWN);

    /** For the same document, sent to a printer that may hold a part of a format. */
    public Brief afterPart() {
        return new Brief(true, leavesPartialFormat, hasFormats, statusAnswersOwed, answersStatus, manners);
    }
}
