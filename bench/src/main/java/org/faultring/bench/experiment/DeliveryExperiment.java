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

/** Delivery designs over batch, faults in flight and handler time. */
final class DeliveryExperiment implements Experiment {

    /** All that is paid for getting faults to user space and answers back. */
    private static final List<Cost> OF_DELIVERY = List.of(Cost.READ, Cost.WRITE, Cost.EVENT_READ, Cost.ENTER,
            Cost.RETRY, Cost.HOP, Cost.COPY, Cost.SLEEP, Cost.WAKE);
    /** Slots for twice the most credits. */
    private static final int ENTRIES = 8192;

    @Override
    public String name() {
        return "delivery";
    }

    @Override
    public String question() {
        return "What share of a fault's time is its delivery, and when does the way it is delivered matter?";
    }

    @Override
    public String shows() {
        return "The time of a fault in closed loop, and the share of it that would be gone if system calls, copies, "
                + "sleeps and wake-ups of the reader cost nothing: each point is run a second time with these prices "
                + "at 0. Where that share is small, no other design helps. Below 0: a reader that costs nothing "
                + "takes smaller "
                + "batches, and the driver pays for more of them.";
    }

    @Override
    public String doesNotShow() {
        return "A device has 512 group indexes, so single faults are never more than 512 in flight. What a system "
                + "call or a wake-up takes on a machine: take its prices from ./faultring calibrate. Caches and "
                + "contention have no price. On a real kernel: ./faultring compare --on pipe --batch 1,4,16,64 "
                + "--in-flight 1,32,256 --handler-us 0,5.";
    }

    @Override
    public List<Axis> axes(final Extent extent) {
        return List.of(
                Axis.of("design", "", extent.choose(new String[] {"read", "eventfd", "shared-ring"},
                        new String[] {"read", "shared-ring"})),
                Axis.of("handler", "us", extent.choose(new int[] {0, 1, 5, 20, 100}, new int[] {0, 20})),
                Axis.of("inFlight", "", extent.choose(new int[] {1, 8, 32, 256, 2048}, new int[] {1, 256})),
                Axis.of("batch", "", extent.choose(new int[] {1, 4, 16, 64}, new int[] {1, 64})));
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.virtual("deliveryShare", "share of the whole time",
                        "what would be gone if delivery cost nothing"),
                Measure.virtual("perFault", "virtual ns for a fault", "from a resolved fault to the next"));
    }

    @Override
    public List<Plot> plots() {
        return List.of(Plot.map("batch", "inFlight", "deliveryShare"), Plot.map("batch", "inFlight", "perFault"));
    }

    @Override
    public PointResult run(final Point at, final Conditions under) {
        final CostProfile priced = under.profile().with(Cost.FAULT, at.micros("handler"));
        CostProfile free = priced;
        for (final Cost cost : OF_DELIVERY) {
            free = free.with(cost, 0);
        }
        final Outcome outcome = new Outcome();
        final double nanos = perFault(at, under.with(priced), outcome);
        final double freeNanos = perFault(at, under.with(free), outcome);
        return outcome.put("deliveryShare", 1 - freeNanos / nanos).put("perFault", nanos).at(at);
    }

    private static double perFault(final Point at, final Conditions under, final Outcome outcome) {
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withDesign(DeliveryDesign.ofKey(at.text("design")))
                .withLaps(0).withPrqEntries(ENTRIES).withCredits(at.whole("inFlight")).withBatch(at.whole("batch"));
        final ModelRun run = new ModelRun(new ModelSetup(config), under);
        run.runFaults(config.credits());
        run.begin();
        run.runFaults(under.faults() / 2);
        final double nanos = 1e9 / run.rate();
        outcome.violated(run.close());
        return nanos;
    }

    @Override
    public String finding(final Results results) {
        final String long1 = results.last("handler");
        final String short1 = results.first("handler");
        final String few = results.first("inFlight");
        final String many = results.or("inFlight", "256");
        return String.format(Locale.ROOT, "Delivery by read is %.0f %% of the time with one fault in flight and a "
                + "handler of %s us, %.0f %% with a handler of %s us; with %s in flight and batches of %s it is "
                + "%.0f %% and %.0f %%.", percent(results, short1, few, results.first("batch")), short1,
                percent(results, long1, few, results.first("batch")), long1, many, results.last("batch"),
                percent(results, short1, many, results.last("batch")),
                percent(results, long1, many, results.last("batch")));
    }

    private static double percent(final Results results, final String handler, final String inFlight,
            final String batch) {
        return 100 * results.value("deliveryShare", "design", "read", "handler", handler, "inFlight", inFlight,
                "batch", batch);
    }
}
