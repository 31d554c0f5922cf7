package io.platen.printer.language;

/**
 * What a scan of a ZPL document found. The names of the fields are stored with each job.
 *
 * @param total labels that come out of one copy of the document; {@link Long#MAX_VALUE} also stands for more
 * @param firstLabelEnd where the first format that prints ends: the offset in bytes right after its {@code ^XZ}, or 0
 *     when none prints
 * @param incomplete whether the document ends inside a format or inside data with a byte count, so that the printer
 *     would take what comes next for a part of it
 * @param statusQueries how many {@code ~HS} the printer will answer, counted up to 10,000
 */
public record Labels(long total, long firstLabelEnd, boolean incomplete, int statusQueries) {

    /** The labels of this many copies of the document; {@link Long#MAX_VALUE} when there are more. */
    public long totalOf(int copies) {
        return total > Long.MAX_VALUE / copies ? Long.MAX_VALUE : total * copies;
    }
}
