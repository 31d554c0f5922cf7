package io.platen.printer.simulator;

/**
 * One thing that a printer of {@link RandomConduct} chose to do.
 *
 * @param amount 1 to 1,000; by the act, a share of the longest silence, of the most bytes read at once, or of the words it
 *     knows
 */
public record Choice(Act act, int amount) {
    static final int MOST = 1000;

    /** What it does, with the weight of this choice. */
    public enum Act {
        READ(560),
        /** Prints what it has read so far. */
        PRINT(120),
        /** Says one of its language's words, which says nothing about the job. */
        SAY(110),
        ACKNOWLEDGE(60),
        /** Does nothing for a while. */
        FALL_SILENT(70),
        /** Sends its FIN and reads on. */
        HALF_CLOSE(15),
        CLOSE(15),
        RESET(35),
        /** Refuses the job in words, with an error line, and resets the connection. */
        REFUSE_JOB(5),
        /** Refuses connections for a while after this one. */
        REFUSE_CONNECTIONS(10);

        private final int weight;

        Act(int weight) {
            this.weight = weight;
        }

        int weight() {
            return weight;
        }
    }

    /** The amount as a share of the most, at least 1. */
    int of(long most) {
        return (int) Math.max(1, most * amount / MOST);
    }
}
