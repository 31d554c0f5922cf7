package io.platen.bench.cases;

import java.util.List;
import java.util.Optional;

/** All cases, in the order in which a whole run takes them. */
public final class Cases {
    public static final List<Case> ALL = List.of(
            new EndToEnd(),
            new Intake(),
            new Latency(),
            new LoadLatency(),
            new Large(),
            new Memory(),
            new SlowSync(),
            new Counts(),
            new Starts(),
            new Soak());

    private Cases() {}

    public static Optional<Case> named(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
