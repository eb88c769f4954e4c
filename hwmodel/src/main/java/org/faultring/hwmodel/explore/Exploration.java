/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.faultring.hwmodel.path.Conservation;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.ForwardingHooks;
import org.faultring.hwmodel.path.IommuKind;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.sim.Simulation;
import org.faultring.hwmodel.sim.SimulationSettings;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.DomainPort;

/**
 * Runs random paths in virtual time, one for each seed, and checks the {@link Invariant}s call by call: random IOMMU,
 * devices, memory, workload and order, things that go wrong, and readers that do what programs should not. The same
 * seed is the same run, to the last byte of its event log.
 *
 * <p>Any thread, one seed each.
 */
public final class Exploration {

    /** Steps after which nothing new is raised: answers that readers forget can keep a device waiting for good. */
    private static final int MAX_STEPS = 40_000;
    /** One switch of a driver in so many is refused. */
    private static final int REFUSALS = 8;

    /** One refusal of a handler in so many calls. */
    private static final int UNMAPPED = 16;

    /** Of seeds that are not wide. */
    private static final List<DeliveryDesign> USUAL_DESIGNS =
            List.of(DeliveryDesign.READ, DeliveryDesign.READ, DeliveryDesign.READ, DeliveryDesign.SHARED_RING);

    private final List<IommuKind> kinds;
    private final List<DeliveryDesign> designs;
    private final List<DeliveryDesign> wideDesigns;

    /**
     * Seeds over some IOMMUs and designs.
     *
     * @param kinds   that a seed may draw, at least one
     * @param designs that a seed may draw, at least one; one that is there twice is drawn twice as often
     */
    public Exploration(final List<IommuKind> kinds, final List<DeliveryDesign> designs) {
        this(kinds, designs, designs);
    }

    private Exploration(final List<IommuKind> kinds, final List<DeliveryDesign> designs,
            final List<DeliveryDesign> wideDesigns) {
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("kinds=[] (expected: at least one)");
        }
        if (designs.isEmpty()) {
            throw new IllegalArgumentException("designs=[] (expected: at least one)");
        }
        this.kinds = List.copyOf(kinds);
        this.designs = List.copyOf(designs);
        this.wideDesigns = List.copyOf(wideDesigns);
    }

    /**
     * Seeds over some IOMMUs and all designs: every fourth over any of them and any routing, of the others three of
     * four over the file that Linux has.
     *
     * @param kinds that a seed may draw, at least one
     */
    public Exploration(final List<IommuKind> kinds) {
        this(kinds, USUAL_DESIGNS, List.of(DeliveryDesign.values()));
    }

    /**
     * Run a seed.
     *
     * @param seed any
     * @return how it went
     */
    public SeedResult run(final long seed) {
        return run(seed, null, PathHooks.NONE, UnaryOperator.identity());
    }

    /**
     * Run a seed and write down what happens.
     *
     * @param seed any
     * @param log  gets a line for each event: virtual ns, then what happened
     * @return how it went
     */
    public SeedResult run(final long seed, final List<String> log) {
        return run(seed, log, PathHooks.NONE, UnaryOperator.identity());
    }

    /**
     * Run a seed with something broken.
     *
     * @param seed    any
     * @param log     gets a line for each event, may be null
     * @param parts   put next to the parts, so that these are broken
     * @param callers put in front of the checks, so that who calls the parts is broken
     * @return how it went
     */
    SeedResult run(final long seed, final List<String> log, final PathHooks parts,
            final UnaryOperator<PathHooks> callers) {
        final SplittableRandom random = new SplittableRandom(seed);
        final SeedPlan plan =
                SeedSettings.draw(random, seed, kinds, SeedSettings.isWide(seed) ? wideDesigns : designs);
        final SimulationSettings settings = plan.settings();
        final Workload workload = RandomWorkload.of(random);
        final Watch watch = new Watch(log);
        watch.event(() -> "seed " + seed + " " + settings.config() + " " + settings.shape() + " " + settings.order()
                + " " + settings.disturbances() + " " + workload + " " + plan.readers());
        final InvariantMonitor monitor = new InvariantMonitor(watch, plan, workload, random.split(),
                new Explorers(parts, plan.readers(), random.split(), watch));
        final Simulation simulation = Simulation.of(settings, workload, RaiseSchedules.closedLoop(), row -> {},
                callers.apply(monitor), monitor);
        watch.clock(simulation.clock());
        monitor.connect(simulation.path().controls(), simulation.path().counters());
        EventRoom.run(random.split(), watch, UnaryOperator.identity());
        InvalidationRoom.run(random.split(), watch, UnaryOperator.identity());
        SvaRoom.run(random.split(), watch, UnaryOperator.identity());
        try {
            step(simulation, monitor, watch);
        } catch (final IllegalStateException | IndexOutOfBoundsException e) {
            watch.violated(Invariant.CONSERVATION, "the run ended with " + e);
        }
        return new SeedResult(seed, settings.config().iommu(),
                simulation.path().counters().get(Counter.FAULTS_RAISED), simulation.scheduler().steps(),
                simulation.clock().nanoTime(), List.copyOf(watch.violations()), watch.census());
    }

    private static void step(final Simulation simulation, final InvariantMonitor monitor, final Watch watch) {
        while (!simulation.path().isFinished() && !simulation.isQuiet() && watch.violations().isEmpty()
                && simulation.scheduler().steps() < MAX_STEPS) {
            simulation.step();
            monitor.stepped();
        }
        final Conservation books = simulation.finish(monitor::stepped, monitor::rested);
        watch.reachIf(RareState.TRANSLATED, simulation.path().counters().get(Counter.TRANSLATION_HITS) > 0);
        watch.event(() -> "end " + books);
        monitor.ended();
        for (final String violation : books.violations()) {
            watch.violated(Invariant.CONSERVATION, violation);
        }
    }

    /** Readers that try everything or handlers that do not map everything, and a driver that refuses now and then. */
    private static final class Explorers extends ForwardingHooks {

        private final Readers readers;
        private final SplittableRandom random;
        private final Watch watch;

        private Explorers(final PathHooks behind, final Readers readers, final SplittableRandom random,
                final Watch watch) {
            super(behind);
            this.readers = readers;
            this.random = random;
            this.watch = watch;
        }

        @Override
        public Delivery reader(final int object, final FaultFile file, final PageFaultHandler handler,
                final Supplier<Delivery> usual) {
            return readers == Readers.WILD ? new RandomReader(file, handler, random.split(), watch)
                    : super.reader(object, file, handler, usual);
        }

        @Override
        public PageFaultHandler handler(final int object, final PageFaultHandler handler) {
            final PageFaultHandler behind = super.handler(object, handler);
            if (readers == Readers.WILD) {
                return behind;
            }
            final SplittableRandom refusals = random.split();
            return fault -> refusals.nextInt(UNMAPPED) == 0 ? PageResponseFlyweight.INVALID
                    : behind.onPageFault(fault);
        }

        @Override
        public DomainPort domains(final DomainPort driver) {
            final DomainPort willing = super.domains(driver);
            final SplittableRandom refusals = random.split();
            return (device, pasid, domain) -> domain != null && refusals.nextInt(REFUSALS) == 0 ? -Errno.ENOMEM
                    : willing.attach(device, pasid, domain);
        }
    }
}
