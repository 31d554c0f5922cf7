package io.platen.bench.cases;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The names of what is measured, with units. */
final class Measures {
    static final String PRINTED = "printed, jobs/s";
    static final String ACCEPTED = "accepted, jobs/s";
    static final String PROCESSOR = "processor time, s per 1,000 jobs";
    static final String RESIDENT = "resident, MB";
    static final String HEAP = "live heap, bytes";
    static final String OWN = "load generator's processor time, s per 1,000 jobs";

    private Measures() {}

    static Map<String, Double> percentiles(String what, Histogram nanos) {
        var values = new LinkedHashMap<String, Double>();
        for (String percentile : new String[] {"50", "99", "99.9"}) {
            values.put(
                    what + " p" + percentile + ", ms",
                    nanos.getValueAtPercentile(Double.parseDouble(percentile)) / 1e6);
        }
        return values;
    }
}
