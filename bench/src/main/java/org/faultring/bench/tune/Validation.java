/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;

import org.agrona.concurrent.SystemNanoClock;
import org.faultring.bench.load.Pace;
import org.faultring.bench.load.Trial;
import org.faultring.bench.load.TrialSettings;
import org.faultring.bench.result.TrialResult;
import org.faultring.hwmodel.path.FaultPath;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.path.PathShape;
import org.faultring.hwmodel.sim.Arrivals;
import org.faultring.hwmodel.sim.Cost;
import org.faultring.hwmodel.sim.CostProfile;
import org.faultring.hwmodel.sim.DrawnTime;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.delivery.PageFaultHandler;

/**
 * Sizes on threads beside what virtual time says about them: one device, one reader, hardware on one thread, kernel and
 * reader on another; the handler spins for as long as a fault takes. Prices are those of this host's simulator, timed
 * just before: no kernel and no wake-up is in them.
 *
 * @param rate             faults per second that arrive
 * @param predictedRate    faults resolved per second, in virtual time
 * @param measuredRate     the same on threads
 * @param predictedP99     of a group, ns, in virtual time
 * @param measuredP99      the same on threads
 * @param hardwareNanos    of a fault on this host, in the price {@code request}
 * @param softwareNanos    of a fault on this host, in the price {@code fault}
 */
public record Validation(double rate, double predictedRate, double measuredRate, long predictedP99, long measuredP99,
        double hardwareNanos, double softwareNanos) {

    private static final int SECONDS = 3;
    private static final long CALIBRATED_FAULTS = 300_000;
    private static final double RATE_WITHIN = 0.10;
    private static final double P99_WITHIN = 0.25;

    /**
     * Run sizes both ways.
     *
     * @param given an answer; what threads cannot have is set to one: devices, objects, readers
     * @return both
     * @throws InterruptedException if the thread is interrupted
     */
    public static Validation of(final Scenario given) throws InterruptedException {
        final Scenario single = given.with(java.util.Map.of(ScenarioKey.DEVICES, "1", ScenarioKey.NOISY, "0",
                ScenarioKey.OBJECTS, "1", ScenarioKey.THREADS, "1", ScenarioKey.DISTURB, "", ScenarioKey.PAUSE_EVERY,
                "0ns", ScenarioKey.EVENT_RATE, "0", ScenarioKey.DEPTH, ""));
        final double[] nanos = calibrate(single);
        CostProfile host = CostProfile.UNIT;
        for (final Cost cost : Cost.values()) {
            host = host.with(cost, 0);
        }
        host = host.with(Cost.REQUEST, Math.round(nanos[0])).with(Cost.FAULT, Math.round(nanos[1]));
        // As given relative to what the path does: here it is another path.
        final double share = given.isSet(ScenarioKey.LOAD) ? given.number(ScenarioKey.LOAD) : 0.7;
        final Scenario scenario = Capacity.atLoad(single.with(java.util.Map.of(ScenarioKey.RATE, "1",
                ScenarioKey.LOAD, "", ScenarioKey.DURATION, "500ms", ScenarioKey.ARRIVAL, "poisson")), share,
                Capacity.of(single, host));
        final Measures predicted = ScenarioRun.run(scenario, host, scenario.whole(ScenarioKey.SEED));
        final TrialResult measured = measure(scenario);
        return new Validation(scenario.number(ScenarioKey.RATE), predicted.faultsPerSecond(),
                measured.faultsPerSecond(), predicted.p99Nanos(), measured.latencyNanos().p99(), nanos[0], nanos[1]);
    }

    /** Host ns of a fault in hardware, and in kernel and reader, each world timed by itself on this thread. */
    private static double[] calibrate(final Scenario scenario) {
        final FaultPathConfig config = scenario.config();
        final FaultPath path = FaultPath.create(config, PathShape.roomy(config, 1, 1), ScenarioWorkload.of(scenario),
                RaiseSchedules.closedLoop(), SystemNanoClock.INSTANCE, row -> {}, PathHooks.NONE);
        long hardware = 0;
        long software = 0;
        long begin = 0;
        try {
            while (path.counters().get(Counter.FAULTS_RESOLVED) < 2 * CALIBRATED_FAULTS) {
                if (begin == 0 && path.counters().get(Counter.FAULTS_RESOLVED) >= CALIBRATED_FAULTS) {
                    begin = path.counters().get(Counter.FAULTS_RESOLVED);
                    hardware = 0;
                    software = 0;
                }
                final long start = System.nanoTime();
                path.hardware().doWork();
                final long middle = System.nanoTime();
                path.kernel().doWork();
                path.user().doWork();
                hardware += middle - start;
                software += System.nanoTime() - middle;
            }
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
        final double faults = path.counters().get(Counter.FAULTS_RESOLVED) - begin;
        return new double[] {hardware / faults, software / faults};
    }

    private static TrialResult measure(final Scenario scenario) throws InterruptedException {
        final Workload workload = ScenarioWorkload.of(scenario);
        final PathHooks hooks = new PathHooks() {
            @Override
            public PageFaultHandler handler(final int object, final PageFaultHandler handler) {
                return spinning(handler, scenario.service(), new SplittableRandom(1));
            }

            @Override
            public RaiseSchedule schedule(final int device, final RaiseSchedule schedule) {
                return new Arrivals(DrawnTime.exponential(1e9 * scenario.whole(ScenarioKey.BURST) * workload.faults()
                        / workload.groups() / scenario.number(ScenarioKey.RATE)),
                        (int) scenario.whole(ScenarioKey.BURST), scenario.nanos(ScenarioKey.SPACING),
                        new SplittableRandom(2));
            }
        };
        final TrialSettings settings = new TrialSettings(scenario.config(), Pace.CLOSED, 2,
                Duration.ofSeconds(SECONDS));
        final Trial warm = new Trial(workload, settings, hooks);
        warm.run(null, (done, answered) -> {
        });
        return new Trial(workload, settings, hooks).run(null, (done, answered) -> {
        });
    }

    private static PageFaultHandler spinning(final PageFaultHandler handler, final DrawnTime service,
            final SplittableRandom random) {
        return fault -> {
            final long end = System.nanoTime() + (long) service.draw(random);
            final int code = handler.onPageFault(fault);
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return code;
        };
    }

    /** Whether throughput is within 10 % and p99 within 25 %. */
    boolean isNear() {
        return Math.abs(measuredRate / predictedRate - 1) <= RATE_WITHIN
                && Math.abs((double) measuredP99 / predictedP99 - 1) <= P99_WITHIN;
    }

    /**
     * Both, side by side.
     *
     * @return lines, the last one ended
     */
    public String text() {
        return String.format(Locale.ROOT, """
                live: one device, one reader, two threads, the handler spins; %,.0f faults a second offered
                                  predicted     measured
                faults a second %,11.0f  %,11.0f  %+.1f %%
                p99 ns          %,11d  %,11d  %+.1f %%
                predicted under prices of this host's simulator: %.0f ns a fault in hardware, %.0f in kernel and reader
                %s
                """, rate, predictedRate, measuredRate, 100 * (measuredRate / predictedRate - 1), predictedP99,
                measuredP99, 100 * ((double) measuredP99 / predictedP99 - 1), hardwareNanos, softwareNanos,
                isNear() ? "within 10 % of throughput and 25 % of p99"
                        : "further off than 10 % of throughput or 25 % of p99: not to be taken at its word");
    }
}
