package io.platen.bench.cases;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measures some systems in turn: fresh processes first, then the same processes after a warm-up. */
final class Comparison implements AutoCloseable {
    private final Lab lab;
    private final String benchmark;
    private final List<Contender> contenders = new ArrayList<>();

    Comparison(Lab lab, String benchmark) {
        this.lab = lab;
        this.benchmark = benchmark;
    }

    /** Makes a contender. */
    @FunctionalInterface
    interface Entry {
        Contender start() throws IOException;
    }

    Comparison with(Entry entry) throws IOException {
        contenders.add(entry.start());
        return this;
    }

    /** Cold and warm, as far as the plan asks for them. */
    void run(String setting) throws IOException {
        Plan plan = lab.plan();
        if (plan.cold()) {
            cold(setting, plan.coldTime());
        }
        if (plan.warm()) {
            warmUp(setting);
            rounds(setting + ", warm", plan.time());
        }
    }

    void cold(String setting, Duration time) throws IOException {
        for (int round = 1; round <= lab.plan().rounds(); round++) {
            for (Contender contender : inTurn(round)) {
                contender.refresh();
                one(setting + ", cold", contender, round, time);
            }
        }
    }

    void warmUp(String setting) throws IOException {
        if (lab.plan().warmUp().isZero()) {
            return;
        }
        for (Contender contender : contenders) {
            lab.record(
                    benchmark,
                    setting + ", warm-up",
                    contender.name(),
                    1,
                    contender.warmUp(lab.plan().warmUp()));
            contender.settle();
        }
    }

    void rounds(String setting, Duration time) throws IOException {
        for (int round = 1; round <= lab.plan().rounds(); round++) {
            for (Contender contender : inTurn(round)) {
                one(setting, contender, round, time);
            }
        }
    }

    private void one(String setting, Contender contender, int round, Duration time) throws IOException {
        lab.record(benchmark, setting, contender.name(), round, contender.measure(time));
        contender.settle();
    }

    /** Who begins changes with each round. */
    private List<Contender> inTurn(int round) {
        var turn = new ArrayList<>(contenders);
        Collections.rotate(turn, round);
        return turn;
    }

    @Override
    public void close() throws IOException {
        for (Contender contender : contenders) {
            contender.close();
        }
    }
}
