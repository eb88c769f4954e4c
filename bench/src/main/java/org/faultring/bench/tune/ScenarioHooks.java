/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

import org.faultring.hwmodel.device.Misbehaviour;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.sim.AnswerGate;
import org.faultring.hwmodel.sim.Arrivals;
import org.faultring.hwmodel.sim.DrawnTime;
import org.faultring.hwmodel.sim.HandlerTime;
import org.faultring.hwmodel.sim.HeldAnswers;
import org.faultring.hwmodel.sim.PacedReports;
import org.faultring.hwmodel.sim.TimedFileReader;
import org.faultring.hwmodel.sim.TimedReader;
import org.faultring.hwmodel.sim.TimedRingReader;
import org.faultring.hwmodel.sim.VirtualClock;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.BoundedFaultObject;
import org.faultring.ring.kernel.BoundedLimits;
import org.faultring.ring.kernel.Overload;
import org.faultring.ring.kernel.PageResponsePort;
import org.faultring.ring.kernel.ReportPort;

/**
 * What a scenario puts into a path: arrivals of each device, handlers that take time, passes that take time, limits.
 * All that is drawn has random numbers of its own, by purpose, device and reader, so that a change of a size changes
 * none of them.
 */
final class ScenarioHooks implements PathHooks {

    private static final long ARRIVALS = 1L << 32;
    private static final long HANDLERS = 2L << 32;
    private static final long DEVICES_TO_OBJECT = 1 << 16;

    private final Scenario scenario;
    private final Workload workload;
    private final VirtualClock clock;
    private final long seed;
    private PacedReports reports;
    private final List<Delivery> helpers = new ArrayList<>();
    /** By fault object, of designs whose answers go their own way. */
    private final Map<Integer, AnswerGate> gates = new HashMap<>();

    ScenarioHooks(final Scenario scenario, final Workload workload, final VirtualClock clock, final long seed) {
        this.scenario = scenario;
        this.workload = workload;
        this.clock = clock;
        this.seed = seed;
    }

    /** Readers beyond the first of each object; complete once the path is there. */
    List<Delivery> helpers() {
        return helpers;
    }

    /** Requests that the driver has reported; to read the queue's registers instead would cost the driver time. */
    long reported() {
        return reports.reported();
    }

    /** Random numbers of a purpose: far apart in the seed, so that none are shared. */
    static SplittableRandom random(final long seed, final long purpose) {
        return new SplittableRandom(new SplittableRandom(seed * 0x9E3779B97F4A7C15L + purpose).nextLong());
    }

    private static long handlerPurpose(final int object, final int thread) {
        return HANDLERS + object * DEVICES_TO_OBJECT + thread;
    }

    /** Random numbers of what the faults of a reader take. */
    static SplittableRandom serviceRandom(final long seed, final int object, final int thread) {
        final SplittableRandom random = random(seed, handlerPurpose(object, thread));
        // Those that are split off say when it pauses.
        random.split();
        return random;
    }

    private HandlerTime handlerTime(final int object, final int thread) {
        return new HandlerTime(
                CommonTimes.of(scenario.service(), seed, handlerPurpose(object, thread),
                        () -> serviceRandom(seed, object, thread)),
                DrawnTime.exponential(scenario.nanos(ScenarioKey.PAUSE_EVERY)), scenario.nanos(ScenarioKey.PAUSE),
                clock, random(seed, handlerPurpose(object, thread)).split());
    }

    /** Of these an answer is held where it is written, so that several may read one file. */
    private boolean holdsWrites() {
        return scenario.design() == DeliveryDesign.READ || scenario.design() == DeliveryDesign.BUSY_READ;
    }

    private boolean isGated() {
        return !holdsWrites() && scenario.design() != DeliveryDesign.SHARED_RING;
    }

    private AnswerGate gate(final int object) {
        return gates.computeIfAbsent(object, number -> new AnswerGate());
    }

    @Override
    public PageFaultHandler handler(final int object, final PageFaultHandler handler) {
        return isGated() ? gate(object).watch(handler) : handler;
    }

    @Override
    public PageResponsePort responsesOf(final int object, final PageResponsePort port) {
        return isGated() ? gate(object).before(port) : port;
    }

    @Override
    public Misbehaviour misbehaviour(final int device) {
        return scenario.misbehaviour(device);
    }

    @Override
    public Delivery reader(final int object, final FaultFile file, final PageFaultHandler handler,
            final Supplier<Delivery> usual) {
        if (isGated()) {
            return new TimedReader(usual.get(), gate(object), handlerTime(object, 0));
        }
        final HeldAnswers answers = (HeldAnswers) file;
        for (int thread = 1; thread < scenario.whole(ScenarioKey.THREADS); thread++) {
            helpers.add(new TimedFileReader(usual.get(), answers, handlerTime(object, thread)));
        }
        return new TimedFileReader(usual.get(), answers, handlerTime(object, 0));
    }

    @Override
    public FaultFile file(final int object, final FaultFile file) {
        return holdsWrites() ? new HeldAnswers(file) : file;
    }

    @Override
    public Delivery ringReader(final int object, final BoundedFaultObject faultObject,
            final PageFaultHandler handler, final Supplier<Delivery> usual) {
        return isGated() ? new TimedReader(usual.get(), gate(object), handlerTime(object, 0))
                : new TimedRingReader(usual.get(), faultObject.faults(), handlerTime(object, 0),
                        (int) scenario.whole(ScenarioKey.BATCH));
    }

    @Override
    public BoundedLimits limits(final int object, final BoundedLimits usual) {
        return usual.withWhenFull(scenario.text(ScenarioKey.WHEN_FULL).equals("hold-back") ? Overload.HOLD_BACK
                : Overload.ANSWER_INVALID);
    }

    @Override
    public ReportPort reports(final ReportPort reporter) {
        reports = new PacedReports(reporter, (int) scenario.whole(ScenarioKey.PASS), clock);
        return reports;
    }

    @Override
    public RaiseSchedule schedule(final int device, final RaiseSchedule schedule) {
        return arrivals(scenario, workload, seed, device, schedule);
    }

    /** When a device raises: as the scenario says, or whenever the usual schedule does. */
    static RaiseSchedule arrivals(final Scenario scenario, final Workload workload, final long seed,
            final int device, final RaiseSchedule usual) {
        final String process = scenario.text(ScenarioKey.ARRIVAL);
        if (process.equals("closed") || process.equals("trace")) {
            return usual;
        }
        final int burst = (int) scenario.whole(ScenarioKey.BURST);
        final double groupsPerSecond =
                faultsPerSecond(scenario, device) * workload.groups() / workload.faults();
        final double gapNanos = 1e9 * burst / groupsPerSecond;
        final DrawnTime gap =
                process.equals("poisson") ? DrawnTime.exponential(gapNanos) : DrawnTime.constant(gapNanos);
        return new Arrivals(
                CommonTimes.of(gap, seed, ARRIVALS + device, () -> random(seed, ARRIVALS + device)), burst,
                scenario.nanos(ScenarioKey.SPACING));
    }

    /** Faults that arrive at all devices from one moment to another, whether they can be raised or not. */
    long offered(final long fromNanos, final long toNanos) {
        long faults = 0;
        for (int device = 0; device < scenario.whole(ScenarioKey.DEVICES); device++) {
            final RaiseSchedule arrivals = schedule(device, null);
            for (long lap = 0, due = 0; due < toNanos; lap++) {
                for (int group = 0; group < workload.groups() && due < toNanos; group++) {
                    due = arrivals.dueNanos(lap, group);
                    faults += due >= fromNanos && due < toNanos ? workload.groupLength(group) : 0;
                }
            }
        }
        return faults;
    }

    private static double faultsPerSecond(final Scenario scenario, final int device) {
        final double noisy = scenario.whole(ScenarioKey.NOISY);
        final double factor = scenario.number(ScenarioKey.NOISY_FACTOR);
        final double parts = scenario.whole(ScenarioKey.DEVICES) + noisy * (factor - 1);
        return scenario.number(ScenarioKey.RATE) / parts * (device < noisy ? factor : 1);
    }
}
