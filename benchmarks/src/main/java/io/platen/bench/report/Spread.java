package io.platen.bench.report;

import java.util.Collection;

/** The median of some values, and their range. */
public record Spread(double median, double least, double most) {

    /**
     * Of at least one value.
     *
     * @throws IllegalArgumentException without values
     */
    public static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("A spread needs a value");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** "120 (100–140)", and without the range if there is one value only. */
    public String text() {
        return least == most
                ? Figures.text(median)
                : Figures.text(median) + " (" + Figures.text(least) + "–" + Figures.text(most) + ")";
    }
}
