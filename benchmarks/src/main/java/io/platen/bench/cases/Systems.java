package io.platen.bench.cases;

import io.platen.bench.subject.CupsSystem;
import io.platen.bench.subject.PlatenSystem;
import io.platen.bench.subject.PrintSystem;
import java.util.ArrayList;
import java.util.List;

/**
 * What is compared.
 *
 * @param platens versions or settings of Platen, at least one
 */
public record Systems(List<PlatenSystem> platens, boolean cups, boolean postgres) {

    /** All print servers. */
    List<PrintSystem> servers() {
        var servers = new ArrayList<PrintSystem>(platens);
        if (cups) {
            servers.add(new CupsSystem());
        }
        return servers;
    }
}
