/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.List;
import java.util.Locale;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.sim.Cost;
import org.faultring.hwmodel.sim.CostProfile;

/** User-space delivery against a kernel that resolves faults itself. */
final class SvaExperiment implements Experiment {

    private static final int ENTRIES = 2048;
    private static final String SVA = "sva";

    @Override
    public String name() {
        return SVA;
    }

    @Override
    public String question() {
        return "What does it cost to resolve a fault in user space rather than in the kernel?";
    }

    @Override
    public String shows() {
        return "The same fault, handled in the same time, by the kernel itself (shared virtual addressing) and by a "
                + "reader in user space. With one in flight the difference is the way to user space and back. The "
                + "handler's time of sva is paid by the kernel, once for each group of one fault.";
    }

    @Override
    public String doesNotShow() {
        return "With more in flight, sva has one core for driver and handling here, a reader a second one of its own: "
                + "the rates compare cores, not ways. Linux's work queue may use several. What the kernel spends on "
                + "mapping a page is a price, the same for both.";
    }

    @Override
    public List<Axis> axes(final Extent extent) {
        return List.of(
                Axis.of("handler", "us", extent.choose(new int[] {0, 1, 5, 20, 100}, new int[] {1, 20})),
                Axis.of("inFlight", "", extent.choose(new int[] {1, 8, 64, 512}, new int[] {1, 64})),
                Axis.of("design", "", extent.choose(new String[] {SVA, "shared-ring", "read", "eventfd"},
                        new String[] {SVA, "shared-ring", "read"})));
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.virtual("perFault", "virtual ns for a fault",
                        "from a resolved fault to the next; with one in flight, its round trip"));
    }

    @Override
    public List<Plot> plots() {
        return List.of(Plot.curves("handler", "design", "perFault"), Plot.curves("inFlight", "design", "perFault"));
    }

    @Override
    public PointResult run(final Point at, final Conditions under) {
        final DeliveryDesign design = DeliveryDesign.ofKey(at.text("design"));
        final long handler = at.micros("handler");
        final CostProfile profile = design == DeliveryDesign.SVA
                ? under.profile().with(Cost.GROUP, under.profile().nanos(Cost.GROUP) + handler)
                : under.profile().with(Cost.FAULT, handler);
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withDesign(design).withLaps(0).withPrqEntries(ENTRIES)
                .withCredits(at.whole("inFlight"));
        final ModelRun run = new ModelRun(new ModelSetup(config), under.with(profile));
        run.runFaults(config.credits());
        run.begin();
        run.runFaults(under.faults());
        return new Outcome().put("perFault", 1e9 / run.rate()).violated(run.close()).at(at);
    }

    @Override
    public String finding(final Results results) {
        final String handler = results.or("handler", "1");
        final double kernel = results.value("perFault", "handler", handler, "inFlight", "1", "design", SVA);
        final double user = results.value("perFault", "handler", handler, "inFlight", "1", "design", "read");
        final double shared = results.value("perFault", "handler", handler, "inFlight", "1", "design", "shared-ring");
        return String.format(Locale.ROOT, "With one fault in flight and a handler of %s us, the kernel takes %,.0f "
                + "virtual ns, a reader %,.0f (%.1f times as long), a mapped ring %,.0f.", handler, kernel, user,
                user / kernel, shared);
    }
}
