/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.HdrHistogram.Histogram;
import org.faultring.bench.load.GroupLatencies;
import org.faultring.hwmodel.path.Conservation;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.PathShape;
import org.faultring.hwmodel.sim.BoundedQueue;
import org.faultring.hwmodel.sim.CostProfile;
import org.faultring.hwmodel.sim.DisturbanceListener;
import org.faultring.hwmodel.sim.Simulation;
import org.faultring.hwmodel.sim.SimulationSettings;
import org.faultring.hwmodel.sim.VirtualClock;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;

/** One run of a scenario in virtual time. */
public final class ScenarioRun {

    /** Purposes of random numbers, beside those of {@link ScenarioHooks}. */
    private static final long EVENT_ARRIVALS = 3L << 32;
    private static final long EVENT_SERVICES = 4L << 32;

    private static final Counter[] MEASURED = {Counter.FAULTS_RAISED, Counter.FAULTS_RESOLVED, Counter.REQUESTS,
        Counter.RETRIES, Counter.OVERFLOWS, Counter.AUTO_ANSWERED, Counter.DROPPED_IN_OVERFLOW,
        Counter.FAULTS_FAILED};

    private final Scenario scenario;
    private final long seed;
    private final GroupLatencies latencies = new GroupLatencies();
    private final VirtualClock clock = new VirtualClock();
    private final Simulation simulation;
    private final ScenarioHooks hooks;
    private final int devices;
    private final Occupancy occupancy;
    private final Preemptions preemptions;

    private ScenarioRun(final Scenario scenario, final CostProfile profile, final long seed,
            final Occupancy occupancy, final List<Preemption> preempted) {
        this.scenario = scenario;
        this.seed = seed;
        this.occupancy = occupancy;
        devices = (int) scenario.whole(ScenarioKey.DEVICES);
        final Workload workload = ScenarioWorkload.of(scenario);
        final FaultPathConfig config = scenario.config();
        hooks = new ScenarioHooks(scenario, workload, clock, seed);
        final SimulationSettings settings = new SimulationSettings(config, shape(scenario, config),
                SimulationSettings.Order.PRICED, profile, scenario.disturbances(), seed);
        final RaiseSchedule schedule = scenario.text(ScenarioKey.ARRIVAL).equals("trace")
                ? RaiseSchedules.recorded(workload)
                : RaiseSchedules.closedLoop();
        simulation = Simulation.of(settings, workload, schedule, latencies, hooks, DisturbanceListener.NONE, clock,
                hooks.helpers());
        latencies.readFrom(simulation.path().stages());
        preemptions = new Preemptions(preempted, simulation.scheduler());
    }

    private static PathShape shape(final Scenario scenario, final FaultPathConfig config) {
        final PathShape roomy = PathShape.roomy(config, (int) scenario.whole(ScenarioKey.DEVICES),
                (int) scenario.whole(ScenarioKey.OBJECTS));
        // Rogues take more than they were granted, and so must find room.
        return scenario.isSet(ScenarioKey.DEPTH) || !scenario.keepsCredits()
                ? roomy.withObjectDepth(Sizes.depth(scenario)) : roomy;
    }

    /**
     * Run it.
     *
     * @param scenario with a rate, not a load, see {@link Capacity}
     * @param profile  prices
     * @param seed     of all that is drawn
     * @return what it comes to
     * @throws IllegalStateException if requests are not conserved
     */
    public static Measures run(final Scenario scenario, final CostProfile profile, final long seed) {
        return new ScenarioRun(scenario, profile, seed, Occupancy.NONE, List.of()).run();
    }

    /**
     * Run it as if worlds were taken from their processors for a while.
     *
     * @param scenario  with a rate, not a load
     * @param profile   prices
     * @param seed      of all that is drawn
     * @param preempted when that happens, in order
     * @return what it comes to
     */
    static Measures run(final Scenario scenario, final CostProfile profile, final long seed,
            final List<Preemption> preempted) {
        return new ScenarioRun(scenario, profile, seed, Occupancy.NONE, preempted).run();
    }

    /**
     * Run it and look at each step at what is where.
     *
     * @param scenario  with a rate, not a load
     * @param profile   prices
     * @param seed      of all that is drawn
     * @param occupancy told, weighted by time
     * @return what it comes to, the same as without
     */
    static Measures run(final Scenario scenario, final CostProfile profile, final long seed,
            final Occupancy occupancy) {
        return new ScenarioRun(scenario, profile, seed, occupancy, List.of()).run();
    }

    private Measures run() {
        final long begin = (long) scenario.nanos(ScenarioKey.WARMUP);
        final long end = begin + (long) scenario.nanos(ScenarioKey.DURATION);
        stepUntil(begin);
        final Map<Counter, Long> before = counts();
        latencies.histogram().reset();
        if (occupancy == Occupancy.NONE) {
            stepUntil(end);
        } else {
            stepAndLookUntil(end);
        }
        final Map<Counter, Long> counted = counts();
        counted.replaceAll((counter, count) -> count - before.get(counter));
        final Measures measures = measures(counted, latencies.histogram(), (end - begin) / 1e9);
        final Conservation books = simulation.finish();
        if (!books.holds()) {
            throw new IllegalStateException("scenario=" + scenario + " seed=" + seed + ": " + books.violations());
        }
        return measures;
    }

    private void stepUntil(final long nanos) {
        while (clock.nanoTime() < nanos && !simulation.isQuiet()) {
            preemptions.apply(clock.nanoTime());
            simulation.step();
        }
    }

    private void stepAndLookUntil(final long nanos) {
        long last = clock.nanoTime();
        while (last < nanos && !simulation.isQuiet()) {
            int flying = 0;
            for (int device = 0; device < devices; device++) {
                flying += simulation.path().controls().outstanding(device);
            }
            final Counters counters = simulation.path().counters();
            final long queued = counters.get(Counter.REQUESTS) - counters.get(Counter.AUTO_ANSWERED)
                    - counters.get(Counter.DROPPED_IN_OVERFLOW) - hooks.reported();
            simulation.step();
            occupancy.add((int) Math.max(0, queued), flying, clock.nanoTime() - last);
            last = clock.nanoTime();
        }
    }

    private Map<Counter, Long> counts() {
        final Counters counters = simulation.path().counters();
        final Map<Counter, Long> counts = new LinkedHashMap<>();
        for (final Counter counter : MEASURED) {
            counts.put(counter, counters.get(counter));
        }
        return counts;
    }

    private Measures measures(final Map<Counter, Long> counted, final Histogram total, final double seconds) {
        final BoundedQueue events = events(seconds);
        final long begin = (long) scenario.nanos(ScenarioKey.WARMUP);
        final double offered = scenario.isSet(ScenarioKey.RATE)
                ? hooks.offered(begin, begin + (long) scenario.nanos(ScenarioKey.DURATION))
                : counted.get(Counter.FAULTS_RAISED);
        return new Measures(seconds, offered, counted.get(Counter.FAULTS_RESOLVED), counted.get(Counter.REQUESTS),
                counted.get(Counter.RETRIES), counted.get(Counter.OVERFLOWS),
                counted.get(Counter.AUTO_ANSWERED) + counted.get(Counter.DROPPED_IN_OVERFLOW),
                counted.get(Counter.FAULTS_FAILED), total.getValueAtPercentile(50), total.getValueAtPercentile(99),
                total.getMaxValue(), total.getMean(), events == null ? 0 : events.arrived(),
                events == null ? 0 : events.lost(), Sizes.bytes(scenario), occupancy.mostQueued(),
                occupancy.mostFlying(), occupancy.meanFlying());
    }

    /** Events go a way of their own, in the same time. */
    private BoundedQueue events(final double seconds) {
        final double rate = scenario.number(ScenarioKey.EVENT_RATE);
        if (rate == 0) {
            return null;
        }
        final BoundedQueue queue = eventQueue(scenario, seed);
        while (queue.nowNanos() < seconds * 1e9) {
            queue.step();
        }
        return queue;
    }

    /** The queue of events of a scenario, with the random numbers of a seed. */
    static BoundedQueue eventQueue(final Scenario scenario, final long seed) {
        return new BoundedQueue(1e9 / scenario.number(ScenarioKey.EVENT_RATE), scenario.eventService(),
                (int) scenario.whole(ScenarioKey.EVENT_DEPTH), (int) scenario.whole(ScenarioKey.EVENT_BATCH),
                ScenarioHooks.random(seed, EVENT_ARRIVALS), ScenarioHooks.random(seed, EVENT_SERVICES));
    }
}
