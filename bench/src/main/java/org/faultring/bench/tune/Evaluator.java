/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import org.faultring.hwmodel.sim.CostProfile;

/**
 * Runs sizes with one seed after another, the same seeds for all sizes, on some threads; what comes out does not depend
 * on how many. Runs are kept: nothing is run twice.
 */
public final class Evaluator implements AutoCloseable {

    /** Runs of a look; after each it is asked whether all is certain. */
    static final int RUNS_PER_LOOK = 6;
    /** Looks at most. Each has a part of the error, so that looking often makes nothing certain. */
    static final int LOOKS = 4;

    private final ExecutorService threads;
    private final double level;
    private final Map<List<Object>, List<Future<Measures>>> known = new HashMap<>();
    private final AtomicLong faults = new AtomicLong();
    private final AtomicLong runs = new AtomicLong();

    /**
     * An evaluator that has run nothing.
     *
     * @param threads from 1
     * @param level   at which it is certain
     */
    public Evaluator(final int threads, final double level) {
        this.threads = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().name("tune-", 0).factory());
        this.level = level;
    }

    /**
     * Run sizes until each bound is certain to be kept, or one is certain not to be, or patience ends.
     *
     * @param scenario with sizes and a rate
     * @param profile  prices
     * @return what the runs say
     */
    public Evaluation decide(final Scenario scenario, final CostProfile profile) {
        Evaluation evaluation = look(scenario, profile, RUNS_PER_LOOK);
        for (int look = 2; look <= LOOKS && evaluation.isOpen(); look++) {
            evaluation = look(scenario, profile, look * RUNS_PER_LOOK);
        }
        return evaluation;
    }

    /** One look. */
    Evaluation look(final Scenario scenario, final CostProfile profile, final int seeds) {
        final List<Measures> measured = measured(scenario, profile, seeds);
        final Map<Constraint, Double> bounds = Constraint.of(scenario);
        final double part = 1 - (1 - level) / LOOKS / Math.max(1, bounds.size());
        final Map<Constraint, Estimate> estimates = new EnumMap<>(Constraint.class);
        final Map<Constraint, Constraint.Verdict> verdicts = new EnumMap<>(Constraint.class);
        bounds.forEach((constraint, bound) -> {
            final Estimate estimate = constraint.estimate(scenario, measured, part);
            estimates.put(constraint, estimate);
            verdicts.put(constraint, constraint.verdict(estimate, bound));
        });
        return new Evaluation(scenario, measured, estimates, verdicts);
    }

    /** Begin runs that will be asked for. */
    void begin(final Scenario scenario, final CostProfile profile, final int seeds) {
        final List<Future<Measures>> started =
                known.computeIfAbsent(List.of(scenario.said(), profile), key -> new ArrayList<>());
        while (started.size() < seeds) {
            final long seed = scenario.whole(ScenarioKey.SEED) * 1_000_003 + started.size();
            started.add(threads.submit(() -> {
                final Measures measures = ScenarioRun.run(scenario, profile, seed);
                faults.addAndGet(measures.resolved());
                runs.incrementAndGet();
                return measures;
            }));
        }
    }

    private List<Measures> measured(final Scenario scenario, final CostProfile profile, final int seeds) {
        begin(scenario, profile, seeds);
        final List<Measures> measured = new ArrayList<>();
        for (final Future<Measures> run : known.get(List.of(scenario.said(), profile)).subList(0, seeds)) {
            try {
                measured.add(run.get());
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            } catch (final ExecutionException e) {
                throw e.getCause() instanceof final RuntimeException cause ? cause
                        : new IllegalStateException(e.getCause());
            }
        }
        return measured;
    }

    /**
     * Faults resolved.
     *
     * @return in all runs, warm-up left out
     */
    public long faults() {
        return faults.get();
    }

    /**
     * Runs made.
     *
     * @return the count
     */
    public long runs() {
        return runs.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
