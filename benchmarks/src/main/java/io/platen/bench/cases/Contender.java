package io.platen.bench.cases;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** One system in a comparison. */
interface Contender extends AutoCloseable {

    /** As the tables show it. */
    String name();

    /** Starts its process anew. */
    void refresh() throws IOException;

    /** Measures for this long. */
    Map<String, Double> measure(Duration time) throws IOException;

    /** Puts load on it for this long; how it did. */
    default Map<String, Double> warmUp(Duration time) throws IOException {
        return measure(time);
    }

    /** Lets it finish what it was given, so that it does not disturb the others. */
    void settle() throws IOException;

    @Override
    void close() throws IOException;
}
