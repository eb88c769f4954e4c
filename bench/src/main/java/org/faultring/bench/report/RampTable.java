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

import org.faultring.bench.delivery.Ground;
import org.faultring.bench.delivery.RampResult;
import org.faultring.bench.delivery.RampStep;
import org.faultring.bench.host.MachineNoise;

/** Searches for the highest rate as text: what each rate gave, and what was found. */
public final class RampTable {

    private RampTable() {}

    /**
     * A table for each search, and a sentence for each below them.
     *
     * @param ramps in the order of the run
     * @param noise of the machine that they ran on
     * @return lines, the last one ended
     */
    public static String of(final List<RampResult> ramps, final MachineNoise noise) {
        final StringBuilder text = new StringBuilder();
        ramps.stream().filter(ramp -> !ramp.steps().isEmpty()).forEach(ramp -> append(text, ramp));
        ramps.forEach(ramp -> text.append(ramp.sentence()).append('\n'));
        if (ramps.stream().anyMatch(ramp -> Ground.ofKey(ramp.on()) != Ground.MODEL)) {
            noise.warning().ifPresent(warning -> text.append(warning).append('\n'));
        }
        return text.toString();
    }

    private static void append(final StringBuilder text, final RampResult ramp) {
        text.append(ramp.design()).append(", batch ").append(ramp.batch()).append(", ").append(ramp.inFlight())
                .append(" in flight at most, p99 under ").append(number((double) ramp.p99UnderNanos()))
                .append(" ns wanted\n");
        final List<Object[]> rows = new ArrayList<>();
        for (final RampStep step : ramp.steps()) {
            rows.add(new Object[] {number(step.offeredPerSecond()), number(step.answeredPerSecond()),
                number(step.p50Nanos()), number(step.p99Nanos()),
                step.p99LowNanos() == null ? "" : number(step.p99LowNanos()) + ".." + number(step.p99HighNanos()),
                step.p99Nanos() == null ? "too few faults" : step.holds() ? "holds" : "above"});
        }
        text.append(PlainTable.of(List.of(right("faults offered a second"), right("answered"), right("p50"),
                right("p99"), right("99 % interval"), left("")), rows))
                .append("times in ").append(Ground.ofKey(ramp.on()).currency()).append(", ")
                .append("from the intended moment\n\n");
    }

    private static String number(final Double value) {
        return value == null ? "" : String.format(Locale.ROOT, "%,.0f", value);
    }
}
