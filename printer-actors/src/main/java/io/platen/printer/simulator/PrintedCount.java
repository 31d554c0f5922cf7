package io.platen.printer.simulator;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How many labels were printed, and how many of them repeat an earlier one.
 *
 * @param copies labels with the same text as an earlier one
 * @param spoiled labels that began with another label's unfinished format
 */
public record PrintedCount(int labels, int copies, int spoiled) {

    public static PrintedCount of(List<Label> printed) {
        Set<String> texts = new HashSet<>();
        int copies = 0;
        int spoiled = 0;
        for (Label label : printed) {
            copies += texts.add(label.text()) ? 0 : 1;
            spoiled += label.isSpoiled() ? 1 : 0;
        }
        return new PrintedCount(printed.size(), copies, spoiled);
    }
}
