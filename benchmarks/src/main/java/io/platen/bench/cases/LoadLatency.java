package io.platen.bench.cases;

import io.platen.bench.subject.PrintSystem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;

/** Latency under an even load, at shares of what each system can print at most. */
final class LoadLatency implements Case {
    private static final int PRINTERS = 100;
    private static final int[] PERCENT = {10, 50, 80};

    @Override
    public String name() {
        return "load-latency";
    }

    @Override
    public String description() {
        return "latency at 10, 50 and 80 % of the own maximum, open loop, warm";
    }

    @Override
    public void run(Lab lab) throws IOException {
        try (var comparison = new Comparison(lab, name())) {
            var contenders = new ArrayList<Evenly>();
            for (PrintSystem system : lab.systems().servers()) {
                var contender = new Evenly(lab, system);
                contenders.add(contender);
                comparison.with(() -> contender);
            }
            comparison.warmUp("100 printers");
            comparison.rounds("100 printers, maximum", lab.plan().time());
            for (int percent : PERCENT) {
                contenders.forEach(contender -> contender.percent = percent);
                comparison.rounds("100 printers, " + percent + " %", lab.plan().time());
            }
        }
    }

    /** Until a share is set, it looks for the maximum. */
    private static final class Evenly extends EndToEnd.Printing {
        private final Lab lab;
        private int percent;
        private double sum;
        private int rounds;

        Evenly(Lab lab, PrintSystem system) throws IOException {
            super(lab, system, PRINTERS);
            this.lab = lab;
        }

        @Override
        public Map<String, Double> warmUp(Duration time) throws IOException {
            return super.measure(time);
        }

        @Override
        public Map<String, Double> measure(Duration time) throws IOException {
            if (percent > 0) {
                double perSecond = sum / rounds * percent / 100;
                return Latency.oneByOne(this, time, perSecond, lab.plan().clients());
            }
            double most = super.measure(time).getOrDefault(Measures.PRINTED, 0.0);
            sum += most;
            rounds++;
            return Map.of(Measures.PRINTED, most);
        }
    }
}
