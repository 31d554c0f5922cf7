package io.platen.printer.language;

import java.util.BitSet;

/**
 * Counts the labels of a ZPL document, told its commands one by one.
 *
 * <p>A format runs from {@code ^XA} to the next {@code ^XZ}. Another {@code ^XA} in between changes nothing: whatever
 * stands before the {@code ^XZ} ends with it, and one label comes out. An {@code ^XZ} without a format is ignored.
 *
 * <p>A format is one label times its {@code ^PQ}, unless it is stored ({@code ^DF}) or only sets the printer up; many
 * drivers begin each job with one that does. An unknown command makes a label: a label that is overlooked could be
 * printed again, one too many in the count could not.
 */
final class ZplFormats {
    static final int MOST_QUANTITY = 99_999_999;

    /** Format commands that neither print nor add to a label. */
    private static final BitSet SETUP = names("CC CD CF CI CM CO CT CV CW EG FW HH ID JB JH JI JJ JM JS JT JU JW JZ"
            + " KD KL KN KP LH LL LR LS LT MA MC MD MI ML MM MN MP MT MU MW PA PM PO PR PW RS SE SI SL SO SP SR SS ST"
            + " SX SZ");

    /** Format commands that stand in all kinds of formats: begin and end, separator, comment and quantity. */
    private static final BitSet NEUTRAL = names("FS FX PQ XA XZ");

    private boolean open;
    private boolean stored;
    private boolean prints;
    private boolean setsUp;
    private long quantity;
    private long total;
    private long firstLabelEnd;

    /** Whether the document is inside a format now. */
    boolean isOpen() {
        return open;
    }

    long total() {
        return total;
    }

    /** The offset behind the first label's format, 0 before there is one. */
    long firstLabelEnd() {
        return firstLabelEnd;
    }

    void begin() {
        if (!open) {
            open = true;
            stored = false;
            prints = false;
            setsUp = false;
            quantity = 1;
        }
    }

    /** Ends the format, if there is one, at this offset. */
    void end(long behind) {
        if (open && !stored && (prints || !setsUp)) {
            total = total > Long.MAX_VALUE - quantity ? Long.MAX_VALUE : total + quantity;
            firstLabelEnd = firstLabelEnd == 0 ? behind : firstLabelEnd;
        }
        open = false;
    }

    /** Forgets a format that has come in part. */
    void cancel() {
        open = false;
    }

    /** The format is kept in the printer for later. */
    void store() {
        stored = true;
    }

    /** How many labels the format makes. The guide has 1 to 99,999,999; 1, its default, stands for 0. */
    void quantity(long labels) {
        quantity = Math.max(1, Math.min(MOST_QUANTITY, labels));
    }

    /** Any format command, by the two characters of its name. */
    void formatCommand(int name) {
        if (SETUP.get(name)) {
            setsUp = true;
        } else if (!NEUTRAL.get(name)) {
            prints = true;
        }
    }

    /** Any control command: none adds to a label. */
    void controlCommand() {
        setsUp = true;
    }

    private static BitSet names(String names) {
        var set = new BitSet(1 << 16);
        for (int at = 0; at < names.length(); at += "XX ".length()) {
            set.set(names.charAt(at) << 8 | names.charAt(at + 1));
        }
        return set;
    }
}
