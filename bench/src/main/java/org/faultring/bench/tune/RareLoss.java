/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.faultring.hwmodel.sim.BoundedQueue;

/**
 * Share of events that a bounded queue loses, also where it is one in millions. Splitting with a fixed effort: a cycle
 * begins when an event finds nothing there. From the states in which the queue first has n waiting, as many runs as
 * at every level go on until n + 1 wait or the cycle has ended; the product of the shares that got on is the
 * probability to fill up, and the loss of a cycle is that times what is lost after it filled up. Divided by the events
 * of a cycle this is the share lost (renewal reward). Several whole estimates give the interval.
 */
public final class RareLoss {

    private static final int ESTIMATES = 24;
    private static final int RUNS = 1500;
    /** Less than this is not told apart from nothing. */
    private static final double NEGLIGIBLE = 1e-13;
    private static final long PURPOSE = 5L << 32;
    private static final Map<List<String>, double[]> KNOWN = new ConcurrentHashMap<>();

    private final Scenario scenario;
    private final SplittableRandom random;

    private RareLoss(final Scenario scenario, final long estimate) {
        this.scenario = scenario;
        random = ScenarioHooks.random(scenario.whole(ScenarioKey.SEED), PURPOSE + estimate);
    }

    /**
     * Estimate.
     *
     * @param scenario with events
     * @param level    of the interval
     * @return share of the events lost
     */
    public static Estimate of(final Scenario scenario, final double level) {
        final double[] values = KNOWN.computeIfAbsent(List.of(scenario.text(ScenarioKey.EVENT_RATE),
                scenario.text(ScenarioKey.EVENT_DEPTH), scenario.text(ScenarioKey.EVENT_BATCH),
                scenario.text(ScenarioKey.EVENT_SERVICE), scenario.text(ScenarioKey.EVENT_MEAN),
                scenario.text(ScenarioKey.SEED)), key -> {
                    // Each has random numbers of its own, so the threads do not matter.
                    return IntStream.range(0, ESTIMATES).parallel()
                            .mapToDouble(i -> new RareLoss(scenario, i).estimate()).toArray();
                });
        final Estimate estimate = Estimate.ofMean(values, level);
        return new Estimate(estimate.mean(), Math.max(0, estimate.low()), estimate.high());
    }

    private double estimate() {
        final double eventsOfCycle = eventsOfCycle();
        List<BoundedQueue> states = beginnings();
        double probability = 1;
        final int depth = states.get(0).depth();
        final int stride = stride(depth);
        for (int level = Math.min(stride, depth);; level = Math.min(level + stride, depth)) {
            final List<BoundedQueue> reached = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                // In turn, so that each state goes on as often as another.
                final BoundedQueue queue = branch(states.get(run % states.size()));
                if (reaches(queue, level)) {
                    reached.add(queue);
                }
            }
            // Where none got on, as if one had: too much rather than too little.
            probability *= Math.max(1.0, reached.size()) / RUNS;
            if (reached.isEmpty() || probability < NEGLIGIBLE) {
                return probability;
            }
            states = shuffled(reached);
            if (level == depth) {
                break;
            }
        }
        double lost = 0;
        for (int run = 0; run < RUNS; run++) {
            final BoundedQueue queue = branch(states.get(run % states.size()));
            final long before = queue.lost();
            do {
                queue.step();
            } while (!queue.isFirst());
            lost += queue.lost() - before;
        }
        return probability * lost / RUNS / eventsOfCycle;
    }

    /** Levels so far apart that about a third get on, as a queue of this load lets them. */
    private int stride(final int depth) {
        final double load = scenario.number(ScenarioKey.EVENT_RATE) * scenario.eventService().meanNanos() / 1e9;
        return load >= 1 ? depth : Math.max(1, (int) (Math.log(0.3) / Math.log(load)));
    }

    /** Where more states were reached than go on, those that do are drawn. */
    private List<BoundedQueue> shuffled(final List<BoundedQueue> states) {
        for (int i = states.size() - 1; i > 0; i--) {
            final int other = (int) ((random.nextLong() >>> 1) % (i + 1));
            final BoundedQueue swapped = states.get(i);
            states.set(i, states.get(other));
            states.set(other, swapped);
        }
        return states;
    }

    private BoundedQueue branch(final BoundedQueue queue) {
        return queue.copy(random.split(), random.split());
    }

    private static boolean reaches(final BoundedQueue queue, final int level) {
        while (queue.waiting() < level) {
            queue.step();
            if (queue.isFirst()) {
                return false;
            }
        }
        return true;
    }

    private List<BoundedQueue> beginnings() {
        final List<BoundedQueue> beginnings = new ArrayList<>();
        final BoundedQueue queue = ScenarioRun.eventQueue(scenario, random.nextLong());
        while (beginnings.size() < RUNS) {
            queue.step();
            if (queue.isFirst()) {
                beginnings.add(branch(queue));
            }
        }
        return beginnings;
    }

    private double eventsOfCycle() {
        final BoundedQueue queue = ScenarioRun.eventQueue(scenario, random.nextLong());
        queue.step();
        final long begin = queue.arrived();
        int cycles = 0;
        while (cycles < 4 * RUNS) {
            queue.step();
            if (queue.isFirst()) {
                cycles++;
            }
        }
        return (double) (queue.arrived() - begin) / cycles;
    }
}
