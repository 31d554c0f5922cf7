package io.platen.bench.cases;

import io.platen.bench.load.Load;
import io.platen.bench.load.Pace;
import io.platen.bench.subject.Postgres;
import io.platen.bench.subject.PrintSystem;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** One job at a time on an idle system, in its first minute and warm. */
final class Latency implements Case {
    private static final int JOBS_PER_SECOND = 20;
    private static final Duration FIRST_MINUTE = Duration.ofMinutes(1);
    private static final String ANSWER = "answer";
    private static final String PRINTED = "last byte";

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String description() {
        return "one job at a time on an idle system: until the answer, and until the last byte at the printer";
    }

    @Override
    public void run(Lab lab) throws IOException {
        Plan plan = lab.plan();
        try (var comparison = new Comparison(lab, name())) {
            for (PrintSystem system : lab.systems().servers()) {
                comparison.with(() -> new OneByOne(lab, system));
            }
            if (lab.systems().postgres()) {
                comparison.with(() -> new OneInsert(lab));
            }
            if (plan.cold()) {
                comparison.cold(
                        "first minute", plan.time().compareTo(Duration.ofSeconds(2)) < 0 ? plan.time() : FIRST_MINUTE);
            }
            if (plan.warm()) {
                comparison.warmUp("1 printer");
                comparison.rounds("warm", plan.time().multipliedBy(2));
            }
        }
    }

    private static final class OneByOne extends EndToEnd.Printing {
        OneByOne(Lab lab, PrintSystem system) throws IOException {
            super(lab, system, 1);
        }

        @Override
        public Map<String, Double> warmUp(Duration time) throws IOException {
            return super.measure(time);
        }

        @Override
        public Map<String, Double> measure(Duration time) throws IOException {
            return oneByOne(this, time, JOBS_PER_SECOND, 1);
        }
    }

    /** Open loop at this rate, until all are printed. */
    static Map<String, Double> oneByOne(Server server, Duration time, double perSecond, int clients)
            throws IOException {
        server.times().take();
        Load load = server.load(Pace.open(clients, time, perSecond));
        server.awaitPrinted();
        var values = new LinkedHashMap<String, Double>();
        values.putAll(Measures.percentiles(ANSWER, load.nanos()));
        values.putAll(Measures.percentiles(PRINTED, server.times().take()));
        return values;
    }

    /** PostgreSQL, which is as quick in its first minute as later. */
    private static final class OneInsert implements Contender {
        private final Postgres postgres;

        OneInsert(Lab lab) throws IOException {
            postgres = new Postgres(lab.directory());
        }

        @Override
        public String name() {
            return Postgres.NAME;
        }

        @Override
        public void refresh() {}

        @Override
        public Map<String, Double> measure(Duration time) throws IOException {
            var nanos = new Histogram(3);
            int count = (int) Math.max(1, time.toMillis() * JOBS_PER_SECOND / 1000);
            for (double millis : postgres.insertOneByOne(count, JOBS_PER_SECOND)) {
                nanos.recordValue((long) (millis * 1e6));
            }
            return Measures.percentiles(ANSWER, nanos);
        }

        @Override
        public void settle() {}

        @Override
        public void close() {
            postgres.close();
        }
    }
}
