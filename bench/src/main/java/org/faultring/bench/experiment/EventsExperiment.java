/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.List;
import java.util.Locale;

import org.faultring.hwmodel.sim.Cost;
import org.faultring.hwmodel.sim.CostProfile;

/** Events for a guest: what a queue of a depth loses, and when its reader knows. */
final class EventsExperiment implements Experiment {

    private static final int BATCH = 16;

    @Override
    public String name() {
        return "events";
    }

    @Override
    public String question() {
        return "How deep must the event queue of a virtual IOMMU be, and is every loss noticed?";
    }

    @Override
    public String shows() {
        return "Events, Poisson in time, into the queue that a virtual IOMMU has for them, and a reader that takes "
                + "up to "
                + BATCH
                + " with a call, at a load relative to what it can do. Lost events use up sequence numbers; the "
                + "reader adds up the gaps, and the headers that say so at the end of the queue.";
    }

    @Override
    public String doesNotShow() {
        return "How bursty events of a guest are: one misbehaving device makes a storm, for which no depth is enough. "
                + "What the guest does about a loss.";
    }

    @Override
    public List<Axis> axes(final Extent extent) {
        return List.of(
                Axis.of("load", "of the reader", extent.choose(new String[] {"0.5", "0.8", "0.95", "1.1", "2.0"},
                        new String[] {"0.8", "2.0"})),
                Axis.of("depth", "events", extent.choose(new int[] {1, 4, 16, 64, 256, 1024},
                        new int[] {1, 16, 256})));
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.events("lost", "share of the events", "that found the queue full"),
                Measure.events("noticed", "share of the lost ones", "that sequence numbers tell the reader of; 1 "
                        + "if none is lost"),
                Measure.events("headers", "for 1000 events", "that say that the latest events were lost"),
                Measure.virtual("noticeDelay", "virtual ns", "mean, from a loss to when the reader knows; 0 if none"));
    }

    @Override
    public List<Plot> plots() {
        return List.of(Plot.curves("depth", "load", "lost"), Plot.curves("depth", "load", "noticeDelay"));
    }

    @Override
    public PointResult run(final Point at, final Conditions under) {
        final CostProfile profile = under.profile();
        final double eventNanos = profile.nanos(Cost.COPY) + profile.nanos(Cost.FAULT)
                + (double) profile.nanos(Cost.READ) / BATCH;
        final EventTraffic traffic = new EventTraffic(at.whole("depth"), BATCH, profile,
                eventNanos / at.number("load"), under.seed());
        traffic.run(5L * under.faults());
        return new Outcome().put("lost", (double) traffic.lost() / traffic.arrived())
                .put("noticed", traffic.lost() == 0 ? 1 : (double) traffic.noticed() / traffic.lost())
                .put("headers", 1000.0 * traffic.headers() / traffic.arrived())
                .put("noticeDelay", traffic.noticeNanos()).violated(traffic.violations()).at(at);
    }

    @Override
    public String finding(final Results results) {
        final String load = results.or("load", "0.8");
        final String over = results.last("load");
        final String deep = results.or("depth", "64");
        return String.format(Locale.ROOT, "At %s of what the reader can do a depth of %s loses %.2g of the events and "
                + "one of %s %.2g; at %s times what it can do a depth of %s loses %.2f. Of all that was lost, at least "
                + "%.0f %% was noticed, after %,.0f virtual ns on average at a depth of %s.", load,
                results.first("depth"), results.value("lost", "load", load, "depth", results.first("depth")), deep,
                results.value("lost", "load", load, "depth", deep), over, deep,
                results.value("lost", "load", over, "depth", deep),
                100 * results.points().stream().mapToDouble(point -> point.values().get("noticed")).min()
                        .orElseThrow(),
                results.value("noticeDelay", "load", over, "depth", deep), deep);
    }
}
