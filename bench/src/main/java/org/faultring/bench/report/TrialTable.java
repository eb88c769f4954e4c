/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.report;

import static org.faultring.bench.report.PlainTable.left;
import static org.faultring.bench.report.PlainTable.right;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.faultring.bench.result.LatencySummary;
import org.faultring.bench.result.TrialResult;
import org.faultring.hwmodel.path.IommuKind;

/** A trial as text for a terminal: what became of the faults, and how long they took. Plain text, no colours. */
public final class TrialTable {

    /** A run shorter than this says little about a rate. */
    private static final double SHORT_RUN_SECONDS = 0.1;

    private TrialTable() {}

    /**
     * The tables of a trial and the notes on them.
     *
     * @param trial to show
     * @return lines, the last one ended
     */
    public static String of(final TrialResult trial) {
        final StringBuilder text = new StringBuilder();
        text.append(events(trial)).append('\n').append(latencies(trial)).append('\n').append(rate(trial));
        notes(trial).forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.toString();
    }

    private static String events(final TrialResult trial) {
        final List<Object[]> rows = List.of(row("raised", trial.faultsRaised(), "faults of the workload"),
                row("requests", trial.requests(), "page request messages, = faults + retries"),
                row("retries", trial.retries(), "sent again: an answer had not resolved the fault"),
                row("answered", trial.answered(), "by the handler"),
                row("auto-answered", trial.autoAnswered(), "by the hardware, its queue was in overflow"),
                row("dropped silently", trial.droppedSilently(), "in overflow, or no memory"),
                row("discarded", trial.discarded(), "partial groups thrown away after an overflow"),
                row("refused", trial.refused(), "answered by the kernel without a handler"),
                row("unanswered", trial.unanswered(), "at the end of the run"),
                row("overflows", trial.overflows(), "episodes of the page request queue"),
                new Object[] {"conserved", trial.conserved() ? "yes" : "NO",
                    "requests = answered + auto-answered + dropped + discarded + refused + unanswered"});
        return PlainTable.of(List.of(left("events"), right("count"), left("").maxWidth(90)), rows);
    }

    private static Object[] row(final String name, final long count, final String meaning) {
        return new Object[] {name, String.format(Locale.ROOT, "%,d", count), meaning};
    }

    private static String latencies(final TrialResult trial) {
        final List<Object[]> rows = new ArrayList<>();
        rows.add(latency("raise to answer accepted", trial.latencyNanos()));
        for (final Map.Entry<String, LatencySummary> stage : trial.stagesNanos().entrySet()) {
            rows.add(latency("  " + stage.getKey(), stage.getValue()));
        }
        return PlainTable.of(List.of(left("host ns"), right("p50"), right("p90"), right("p99"), right("p99.9"),
                right("p99.99"), right("max"), right("groups")), rows);
    }

    private static Object[] latency(final String name, final LatencySummary summary) {
        return new Object[] {name, nanos(summary.p50()), nanos(summary.p90()), nanos(summary.p99()),
            nanos(summary.p999()), nanos(summary.p9999()), nanos(summary.max()),
            String.format(Locale.ROOT, "%,d", summary.count())};
    }

    private static String nanos(final Long value) {
        return value == null ? "" : String.format(Locale.ROOT, "%,d", value);
    }

    private static String rate(final TrialResult trial) {
        return String.format(Locale.ROOT,
                "%s, %s, %d thread%s, pace %s: %.2f million simulated faults per host second over %.3f s, "
                        + "%.3f bytes allocated per fault%n",
                trial.iommu(), trial.design(), trial.threads(), trial.threads() == 1 ? "" : "s", trial.pace(),
                trial.faultsPerSecond() / 1e6, trial.elapsedSeconds(), trial.allocatedBytesPerFault());
    }

    private static List<String> notes(final TrialResult trial) {
        final List<String> notes = new ArrayList<>();
        final IommuKind iommu = IommuKind.ofKey(trial.iommu());
        if (!iommu.isDriverOfLinux()) {
            notes.add("the driver is by the specification, not Linux's: Linux has none that takes page requests here");
        }
        if (iommu == IommuKind.AMD && trial.autoAnswered() > 0) {
            notes.add("Linux leaves AMD's automatic answer off, see --auto-response none");
        }
        trial.violations().forEach(violation -> notes.add("the books do not close: " + violation));
        if (!trial.atRest()) {
            notes.add("the path stood still with requests under way");
        }
        if (trial.faultsFailed() > 0) {
            notes.add(trial.faultsFailed() + " faults ended in an error");
        }
        if (trial.overdueGroups() > 0) {
            notes.add(String.format(Locale.ROOT, "the path did not keep up: %,d groups were due and never raised; they "
                    + "count with the time they had waited", trial.overdueGroups()));
        }
        if (trial.interrupted()) {
            notes.add("interrupted: this is the result so far");
        }
        if (trial.oversubscribed()) {
            notes.add("oversubscribed: fewer cores than threads, so times are those of the scheduler");
        }
        if (trial.elapsedSeconds() < SHORT_RUN_SECONDS) {
            notes.add("a run this short says little about the rate, take --duration 5");
        }
        return notes;
    }
}
