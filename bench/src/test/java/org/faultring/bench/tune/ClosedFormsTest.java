/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.faultring.hwmodel.sim.BoundedQueue;
import org.faultring.hwmodel.sim.CostProfile;
import org.faultring.hwmodel.sim.DrawnTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulation beside what is known. */
class ClosedFormsTest {

    private static final int RUNS = 20;
    private static final int EVENTS = 1_000_000;

    @Test
    void shouldKnowTheTextbook() {
        assertEquals(1 / 3.0, ClosedForms.lossMm1k(0.5, 1), 1e-12);
        assertEquals(0.25, ClosedForms.lossMm1k(1, 3), 1e-12);
        // Erlang's loss with one server does not know how services are distributed.
        assertEquals(ClosedForms.lossMm1k(0.7, 1), ClosedForms.lossMd1k(0.7, 1), 1e-12);
        assertEquals(3, ClosedForms.timeMg1(0.5, 2, 0), 1e-12);
        assertEquals(4, ClosedForms.timeMg1(0.5, 2, 1), 1e-12);
        // Balanced stations: n / (n + m - 1) of what one does.
        assertEquals(4 / 6.0, ClosedForms.closedThroughput(new double[] {1, 1, 1}, 4), 1e-12);
        assertEquals(0.5, ClosedForms.closedThroughput(new double[] {2, 0.01}, 500), 1e-9);
    }

    /** Counted: within the interval, and within 1 % where the loss is above 1 in 1000. */
    @ParameterizedTest
    @CsvSource({"M,0.8,8", "M,0.9,12", "M,1.2,4", "D,0.8,4", "D,0.9,10", "D,1.2,8"})
    void shouldLoseWhatAQueueFedFromOutsideLoses(final String law, final double load, final int room) {
        final double[] shares = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            final BoundedQueue queue = new BoundedQueue(1000,
                    law.equals("M") ? DrawnTime.exponential(1000 * load) : DrawnTime.constant(1000 * load), room - 1, 1,
                    new SplittableRandom(run), new SplittableRandom(1000 + run));
            for (int event = 0; event < EVENTS; event++) {
                queue.step();
            }
            shares[run] = (double) queue.lost() / queue.arrived();
        }
        final double known = law.equals("M") ? ClosedForms.lossMm1k(load, room) : ClosedForms.lossMd1k(load, room);
        final Estimate estimate = Estimate.ofMean(shares, 0.999);
        assertTrue(known >= estimate.low() && known <= estimate.high(), known + " " + estimate);
        assertTrue(known > 1e-3);
        assertEquals(known, estimate.mean(), 0.01 * known);
    }

    private static Scenario events(final String service, final String mean, final int depth) {
        return ScenarioReader.read("events", """
                name: events
                arrival: {process: closed}
                events: {rate: 100k, service: %s, mean: %s, depth: %d}
                """.formatted(service, mean, depth));
    }

    /** Splitting: one in a million and less, within the interval. */
    @ParameterizedTest
    @CsvSource({"exponential,5us,18,M", "exponential,8us,60,M", "constant,5us,10,D", "constant,8us,30,D"})
    void shouldEstimateRareLoss(final String service, final String mean, final int depth, final String law) {
        final Scenario scenario = events(service, mean, depth);
        final double load = 1e5 * scenario.eventService().meanNanos() / 1e9;
        final double known = law.equals("M") ? ClosedForms.lossMm1k(load, depth + 1)
                : ClosedForms.lossMd1k(load, depth + 1);
        final Estimate estimate = RareLoss.of(scenario, 0.999);
        assertTrue(known < 2e-6 && known > 1e-9, Double.toString(known));
        assertTrue(known >= estimate.low() && known <= estimate.high(), known + " " + estimate);
        assertEquals(known, estimate.mean(), 0.25 * known);
    }

    private static Scenario path(final String more) {
        return ScenarioReader.read("path", """
                name: path
                profile: unit
                duration: 400ms
                warmup: 20ms
                devices: {count: 1, credits: 2048}
                iommu: {queue: 8192}
                """ + more);
    }

    private static Estimate mean(final Scenario scenario, final java.util.function.ToDoubleFunction<Measures> measure) {
        final double[] values = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            values[run] = measure.applyAsDouble(ScenarioRun.run(scenario, CostProfile.UNIT, run));
        }
        return Estimate.ofMean(values, 0.999);
    }

    /** The whole path with a handler that is all of its time: M/M/1 and M/D/1, and the few ns of everything else. */
    @ParameterizedTest
    @CsvSource({"exponential,1", "constant,0"})
    void shouldWaitOnThePathAsInAQueue(final String service, final double spread) {
        final Scenario scenario = path("""
                arrival: {process: poisson, rate: 70k}
                delivery: {design: read, batch: 1}
                handler: {service: %s, mean: 10us}
                """.formatted(service));
        final double known = ClosedForms.timeMg1(0.7, 10_000, spread);
        final Estimate estimate = mean(scenario, Measures::meanNanos);
        assertTrue(known >= estimate.low() - 100 && known <= estimate.high() + 100, known + " " + estimate);
        assertEquals(known, estimate.mean(), 0.03 * known);
    }

    /** A bounded ring whose handler holds a slot until it has answered: M/M/1/K on the whole path. */
    @Test
    void shouldRefuseOnThePathAsABoundedQueueLoses() {
        final Scenario scenario = path("""
                arrival: {process: poisson, rate: 80k}
                delivery: {design: shared-ring, batch: 1, depth: 8, whenFull: answer-invalid}
                handler: {service: exponential, mean: 10us}
                """);
        final double known = ClosedForms.lossMm1k(0.8, 8);
        final Estimate estimate = mean(scenario, run -> run.failed() / (double) run.requests());
        assertTrue(known >= estimate.low() * 0.99 && known <= estimate.high() * 1.01, known + " " + estimate);
        assertEquals(known, estimate.mean(), 0.03 * known);
    }

    /** Little's law in closed loop: credits in flight are throughput times time. */
    @Test
    void shouldKeepLittlesLaw() {
        final Scenario scenario = path("""
                arrival: {process: closed}
                delivery: {design: read, batch: 16}
                handler: {service: lognormal, mean: 5us, sigma: 1}
                """).with(ScenarioKey.CREDITS, "64");
        final Occupancy occupancy = new Occupancy(64);
        final Measures run = ScenarioRun.run(scenario, CostProfile.UNIT, 1, occupancy);
        assertEquals(64, occupancy.meanFlying(), 1);
        assertEquals(occupancy.meanFlying(), run.faultsPerSecond() * run.meanNanos() / 1e9, 1);
        // All credits at one station that is nearly all of a round: what mean value analysis says.
        assertEquals(ClosedForms.closedThroughput(new double[] {5_000 * 1e-9, 50e-9}, 64), run.faultsPerSecond(),
                0.03 * run.faultsPerSecond());
    }

    /**
     * A larger queue lets less into overflow, with the same random numbers. Not from one size to the next at each seed:
     * what is answered by the hardware comes again, at another moment.
     */
    @Test
    void shouldNotOverflowMoreInALargerQueue() {
        final Scenario scenario = ScenarioReader.read("bursts", """
                name: bursts
                duration: 5ms
                devices: {count: 4, credits: 512}
                arrival: {process: poisson, rate: 200k, burst: 256}
                """);
        long before = Long.MAX_VALUE;
        for (int entries = 128; entries <= 8192; entries *= 4) {
            long all = 0;
            for (long seed = 1; seed <= 10; seed++) {
                all += ScenarioRun.run(scenario.with(ScenarioKey.QUEUE, Integer.toString(entries)), Profiles.EXAMPLE,
                        seed).inOverflow();
            }
            assertTrue(all <= before, "entries=" + entries + " " + all + " after " + before);
            before = all;
        }
        assertEquals(0, before);
    }
}
