/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

import org.faultring.bench.load.Pace;
import org.faultring.bench.load.Trial;
import org.faultring.bench.load.TrialSettings;
import org.faultring.bench.result.TrialResult;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.sim.DrawnTime;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.kernel.ForwardingPageResponsePort;
import org.faultring.ring.kernel.ForwardingReportPort;
import org.faultring.ring.kernel.PageResponsePort;
import org.faultring.ring.kernel.ReportPort;

/**
 * A scenario of one device and one reader on two threads: hardware on one, kernel and reader on the other. The handler
 * spins for as long as a fault takes; arrivals and times are those that the simulation draws for the same seed.
 *
 * @param result    of the path
 * @param preempted when threads were taken from their processors, in order
 */
record LiveRun(TrialResult result, List<Preemption> preempted) {

    private static final int THREADS = 2;
    /**
     * Longest stretch of work without a look, and what is added for each fault of a batch: looks are taken at each
     * request that the driver reports, at each fault and at each answer, but not while records of a batch are copied.
     */
    private static final long CYCLE_NANOS = 10_000;
    private static final long RECORD_NANOS = 100;

    static LiveRun of(final Scenario scenario, final long seed, final Duration duration)
            throws InterruptedException {
        final Workload workload = ScenarioWorkload.of(scenario);
        final long least = CYCLE_NANOS + RECORD_NANOS * scenario.whole(ScenarioKey.BATCH);
        final PreemptionLog hardware = new PreemptionLog(0, least);
        final PreemptionLog software = new PreemptionLog(1, least);
        final PathHooks hooks = new PathHooks() {
            @Override
            public PageFaultHandler handler(final int object, final PageFaultHandler handler) {
                return spinning(handler, scenario.service(), ScenarioHooks.serviceRandom(seed, object, 0), software);
            }

            @Override
            public ReportPort reports(final ReportPort reporter) {
                return new ForwardingReportPort(reporter) {
                    @Override
                    public int report(final int of, final int flags, final int pasid, final int groupIndex,
                            final int permissions, final long address) {
                        // A pass over a queue that filled up meanwhile may be longer than what a look takes for time
                        // off the processor, and is work.
                        software.look();
                        return super.report(of, flags, pasid, groupIndex, permissions, address);
                    }
                };
            }

            @Override
            public PageResponsePort responses(final PageResponsePort driver) {
                return new ForwardingPageResponsePort(driver) {
                    @Override
                    public void respond(final int to, final int flags, final int pasid, final int groupIndex,
                            final int code) {
                        software.look();
                        super.respond(to, flags, pasid, groupIndex, code);
                    }
                };
            }

            @Override
            public RaiseSchedule schedule(final int device, final RaiseSchedule usual) {
                return ScenarioHooks.arrivals(scenario, workload, seed, device, usual);
            }
        };
        final TrialSettings settings =
                new TrialSettings(scenario.config(), Pace.CLOSED, THREADS, duration);
        final TrialResult result = new Trial(workload, settings, hooks, List.of(hardware, software)).run(null,
                (done, answered) -> {
                });
        if (!result.conserved() || !result.atRest()) {
            throw new IllegalStateException("live run of " + scenario + " seed=" + seed + ": "
                    + (result.conserved() ? "it stood still, " + result.unanswered() + " requests unanswered"
                            : String.join(", ", result.violations())));
        }
        final List<Preemption> preempted = new ArrayList<>(hardware.since(hardware.firstNanos()));
        preempted.addAll(software.since(hardware.firstNanos()));
        preempted.sort(Comparator.comparingLong(Preemption::fromNanos));
        return new LiveRun(result, List.copyOf(preempted));
    }

    private static PageFaultHandler spinning(final PageFaultHandler handler, final DrawnTime service,
            final SplittableRandom random, final PreemptionLog log) {
        return fault -> {
            long now = log.look();
            long end = now + (long) service.draw(random);
            final int code = handler.onPageFault(fault);
            while (now < end) {
                Thread.onSpinWait();
                final long next = System.nanoTime();
                final long lost = log.lookAt(next);
                // A thread that does not run does not handle.
                end += lost;
                now = next;
            }
            return code;
        };
    }

    /** Time that a thread did not run, ns, of the time of the run. */
    long preemptedNanos(final int thread) {
        return preempted.stream().filter(each -> each.thread() == thread).mapToLong(Preemption::nanos).sum();
    }
}
