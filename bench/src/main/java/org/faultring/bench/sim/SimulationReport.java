/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.sim;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.faultring.bench.result.IndentedJson;
import org.faultring.hwmodel.path.Conservation;
import org.faultring.hwmodel.sim.Simulation;

/**
 * How a simulation went.
 *
 * @param schema        name and version of the format
 * @param scenario      what was simulated
 * @param virtualNanos  virtual time from the first step to the last
 * @param steps         duty cycles
 * @param hostNanos     time that it took here
 * @param heapBytes     memory in use at the end, after a collection
 * @param disturbances  how often each struck
 * @param conserved     whether every request ended in exactly one way
 * @param violations    what does not add up
 * @param conservation  how requests ended
 * @param counts        all counters of the path
 */
public record SimulationReport(String schema, Map<String, Object> scenario, long virtualNanos, long steps,
        long hostNanos, long heapBytes, Map<String, Long> disturbances, boolean conserved, List<String> violations,
        Conservation conservation, Map<String, Long> counts) {

    /** Name and version of the format. */
    public static final String SCHEMA = "faultring-simulation/1";

    /**
     * From a simulation that has ended.
     *
     * @param simulation   at rest
     * @param scenario     what was simulated
     * @param books        of its path
     * @param hostNanos    time that it took here
     * @param heapBytes    memory in use at the end
     * @param disturbances how often each struck
     * @return the report
     */
    public static SimulationReport of(final Simulation simulation, final Map<String, Object> scenario,
            final Conservation books, final long hostNanos, final long heapBytes,
            final Map<String, Long> disturbances) {
        return new SimulationReport(SCHEMA, scenario, simulation.clock().nanoTime(), simulation.scheduler().steps(),
                hostNanos, heapBytes, disturbances, books.holds(), books.violations(), books,
                simulation.path().counters().byKey());
    }

    /**
     * The report as JSON.
     *
     * @return indented text
     */
    public String json() {
        return IndentedJson.of(this);
    }

    /**
     * The report for people.
     *
     * @return lines, the last one ended
     */
    public String text() {
        final StringBuilder text = new StringBuilder();
        final long faults = conservation.faultsRaised();
        line(text, "faults raised", faults, "");
        line(text, "requests", conservation.requests(), "= faults + " + grouped(conservation.retries()) + " retries");
        line(text, "answered", conservation.answered(), "by the handler, or for it when an attachment went away");
        line(text, "auto-answered", conservation.autoAnswered(), "by the hardware, its queue was in overflow");
        line(text, "dropped silently", conservation.droppedSilently(), "in overflow, or no memory");
        line(text, "discarded", conservation.discarded(), "partial groups thrown away");
        line(text, "refused", conservation.refused(), "answered by the kernel without a handler");
        line(text, "unanswered", conservation.unanswered(), "at the end");
        disturbances.forEach((kind, count) -> line(text, kind, count, "struck"));
        text.append(conserved ? "conserved: every request ended in exactly one way\n" : "NOT CONSERVED\n");
        text.append(String.format(Locale.ROOT, "virtual: %,d ns, %.1f ns per fault under profile %s%n", virtualNanos,
                (double) virtualNanos / Math.max(1, faults), scenario.get("profile")));
        text.append(String.format(Locale.ROOT, "host: %.1f s, %.1f million faults a second, %d MiB in use at the end%n",
                hostNanos / 1e9, faults * 1e3 / Math.max(1, hostNanos), heapBytes >> 20));
        return text.toString();
    }

    private static void line(final StringBuilder text, final String name, final long count, final String meaning) {
        text.append(String.format(Locale.ROOT, "%-18s %,18d  %s", name, count, meaning).stripTrailing()).append('\n');
    }

    private static String grouped(final long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
