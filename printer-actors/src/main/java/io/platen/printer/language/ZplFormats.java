package io.platen.printer.language;

import java.util.BitSet;

/**
 * Counts the labels of a ZPL document from its commands.
 *
 * <p>A format runs from {@code ^XA} to the next {@code ^XZ}, and makes one label. Another {@code ^XA} in between changes
 * nothing. An {@code ^XZ} without a format is ignored.
 *
 * <p>A format makes as many labels as its {@code ^PQ} says, unless it is stored ({@code ^DF}) or only sets the printer up, as
 * the first format of many drivers' jobs does. An unknown command counts as one that prints: an overlooked label could be
 * printed again, while one too many in the count does no harm.
 */
final class ZplFormats {
    static final int MOST_QUANTITY = 99_999_999;

    /** Format commands that neither print nor add to a label. */
    private static final BitSet SETUP = names("CC CD CF CI CM CO CT CV CW EG FW HH ID JB JH JI JJ JM JS JT JU JW JZ"
            + " KD KL KN KP LH LL LR LS LT MA MC MD MI ML MM MN MP MT MU MW PA PM PO PR PW RS SE SI SL SO SP SR SS ST"
            + " SX SZ");

    /** Commands of all kinds of formats: begin and end, separator, comment and quantity. */
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

    /** The offset right after the first format that prints; 0 before there is one. */
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

    /** Ends the format, if there is one; {@code endOffset} is the offset right after it. */
    void end(long endOffset) {
        if (open && !stored && (prints || !setsUp)) {
            total = total > Long.MAX_VALUE - quantity ? Long.MAX_VALUE : total + quantity;
            firstLabelEnd = firstLabelEnd == 0 ? endOffset : firstLabelEnd;
        }
        open = false;
    }

    /** Forgets an unfinished format. */
    void cancel() {
        open = false;
    }

    /** The printer stores the format and does not print it. */
    void store() {
        stored = true;
    }

    /** How many labels the format makes: 1 to 99,999,999 by the guide. 0 counts as 1, which is the default. */
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

    /** Any control command: none of them prints. */
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
