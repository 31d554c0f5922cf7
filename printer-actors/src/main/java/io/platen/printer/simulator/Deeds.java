package io.platen.printer.simulator;

import java.util.List;

/**
 * What a printer of {@link RandomConduct} did on one connection.
 *
 * @param connection counted from 1; {@link SimulatedPrinter#printed} has its labels
 * @param did its first 10,000 choices that had an effect, in order
 * @param refused whether it refused a job in words
 * @param last the last 1,024 bytes that it read; when it refused a job, they end with that job
 * @param size how many bytes it read
 */
public record Deeds(int connection, List<Choice> did, boolean refused, String last, long size) {

    public Deeds {
        did = List.copyOf(did);
    }
}
