package io.platen.printer.simulator;

import java.util.List;

/**
 * What a printer of {@link RandomConduct} did on one connection.
 *
 * @param connection counted from 1; {@link SimulatedPrinter#printed} has the labels that it brought
 * @param did its choices, in order, without those that had no effect; the first 10,000
 * @param refused whether it refused a job in words
 * @param last the last 1,024 bytes that it read: of a connection that it refused, the job in question
 * @param size bytes that it read
 */
public record Deeds(int connection, List<Choice> did, boolean refused, String last, long size) {

    public Deeds {
        did = List.copyOf(did);
    }
}
