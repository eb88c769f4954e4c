/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.path.PathShape;
import org.faultring.hwmodel.sim.Cost;
import org.faultring.hwmodel.sim.DrawnTime;
import org.faultring.hwmodel.sim.HandlerTime;
import org.faultring.hwmodel.sim.HeldAnswers;
import org.faultring.hwmodel.sim.TimedFileReader;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.file.FaultFile;

/** Waits of the driver under the lock of a fault object. */
final class ResponseCostExperiment implements Experiment {

    private static final int DEVICES = 8;
    private static final int CREDITS = 64;
    private static final int BATCH = 16;
    private static final long HANDLER_NANOS = 1_000;

    @Override
    public String name() {
        return "response-cost";
    }

    @Override
    public String question() {
        return "What does it cost that the driver waits for each response under the lock of the fault object?";
    }

    @Override
    public String shows() {
        return "A write of answers holds the fault object's mutex while the driver hands each to the hardware and "
                + "waits (iommufd_fault_fops_write, drivers/iommu/iommufd/eventq.c): no other thread can read or "
                + "write that object. Eight devices, spread over the objects; each object has so many threads, "
                + "which handle a fault in 1 us in batches of up to " + BATCH + ".";
    }

    @Override
    public String doesNotShow() {
        return "How long a driver waits: it is an axis. Waits of different fault objects do not slow each other here; "
                + "on one IOMMU they share its queue. A read holds the lock for no time, and each thread has a core. "
                + "Latencies are left out, since an answer is seen at the beginning of its call.";
    }

    @Override
    public List<Axis> axes(final Extent extent) {
        return List.of(
                Axis.of("threads", "of each object", extent.choose(new int[] {1, 2, 4}, new int[] {1, 4})),
                Axis.of("objects", "", extent.choose(new int[] {1, 2, 4, 8}, new int[] {1, 4})),
                Axis.of("wait", "us", extent.choose(new String[] {"0.2", "0.5", "1", "2", "5"},
                        new String[] {"0.2", "5"})));
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.virtual("rate", "faults per virtual s", "faults resolved, of all objects"),
                Measure.virtual("lockShare", "share of the time", "that the lock of an object is held, mean"));
    }

    @Override
    public List<Plot> plots() {
        return List.of(Plot.curves("wait", "objects", "rate"), Plot.map("wait", "objects", "lockShare"));
    }

    @Override
    public PointResult run(final Point at, final Conditions under) {
        final int objects = at.whole("objects");
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withDesign(DeliveryDesign.READ).withLaps(0)
                .withCredits(CREDITS).withBatch(BATCH);
        final ModelSetup setup = new ModelSetup(config).shape(PathShape.roomy(config, DEVICES, objects));
        final List<Delivery> helpers = new ArrayList<>();
        setup.hooks(new Locking(at.whole("threads"), at.micros("wait"), setup, helpers, under.seed()), helpers);
        final ModelRun run = new ModelRun(setup, under.with(under.profile().with(Cost.FAULT, 0)));
        run.runFaults((long) DEVICES * CREDITS);
        run.begin();
        run.runFaults(under.faults());
        return new Outcome().put("rate", run.rate())
                .put("lockShare", run.rate() / 1e9 * at.micros("wait") / objects).violated(run.close()).at(at);
    }

    /** A lock for each object, and threads that wait for it. */
    private static final class Locking implements PathHooks {

        private final int threads;
        private final long waitNanos;
        private final ModelSetup setup;
        private final List<Delivery> helpers;
        private final SplittableRandom random;
        private final Map<Integer, ObjectLock> locks = new HashMap<>();

        Locking(final int threads, final long waitNanos, final ModelSetup setup, final List<Delivery> helpers,
                final long seed) {
            this.threads = threads;
            this.waitNanos = waitNanos;
            this.setup = setup;
            this.helpers = helpers;
            random = new SplittableRandom(seed);
        }

        @Override
        public FaultFile file(final int object, final FaultFile file) {
            final ObjectLock lock = new ObjectLock(file, waitNanos, setup.clock);
            locks.put(object, lock);
            return new HeldAnswers(lock);
        }

        @Override
        public Delivery reader(final int object, final FaultFile file, final PageFaultHandler handler,
                final Supplier<Delivery> usual) {
            for (int thread = 1; thread < threads; thread++) {
                helpers.add(reader(object, file, usual));
            }
            return reader(object, file, usual);
        }

        private Delivery reader(final int object, final FaultFile file, final Supplier<Delivery> usual) {
            return new LockedReader(new TimedFileReader(usual.get(), (HeldAnswers) file,
                    new HandlerTime(DrawnTime.constant(HANDLER_NANOS), DrawnTime.NONE, 0, random.split(),
                            setup.clock)),
                    locks.get(object));
        }
    }

    @Override
    public String finding(final Results results) {
        final String wait = results.or("wait", "2");
        final String threads = results.last("threads");
        final String one = results.first("threads");
        return String.format(Locale.ROOT,
                "With a wait of %s us under one lock, %s threads get %,.0f faults per virtual second and %s thread "
                        + "%,.0f: the lock is held for %.0f %% of the time; %s objects with a thread each get "
                        + "%,.0f.",
                wait, threads, at(results, "rate", threads, "1", wait), one,
                at(results, "rate", one, "1", wait), 100 * at(results, "lockShare", threads, "1", wait),
                results.or("objects", "4"), at(results, "rate", one, results.or("objects", "4"), wait));
    }

    private static double at(final Results results, final String measure, final String threads, final String objects,
            final String wait) {
        return results.value(measure, "threads", threads, "objects", objects, "wait", wait);
    }
}
