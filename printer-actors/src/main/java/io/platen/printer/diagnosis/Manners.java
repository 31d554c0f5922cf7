package io.platen.printer.diagnosis;

/**
 * How a printer has ended the connections of its latest jobs, after it had acknowledged every byte. What a printer always
 * does counts as its manner and not as a failure.
 *
 * @param closesMissed how many times in a row it did not close its end
 * @param neverCloses whether one more missed close is its manner
 * @param resets how many times in a row it reset the connection instead of closing it
 * @param alwaysResets whether one more reset is its manner
 */
public record Manners(int closesMissed, boolean neverCloses, int resets, boolean alwaysResets) {

    /** Nothing is known of the printer, or it closes in order. */
    public static final Manners UNKNOWN = new Manners(0, false, 0, false);

    /** After this many missed closes in a row, the wait for the printer's close is cut short. */
    public static final int TIMES_TO_LEARN = 3;

    /** Whether the wait for its close can be cut short. */
    public boolean isSlowToClose() {
        return closesMissed >= TIMES_TO_LEARN;
    }
}
