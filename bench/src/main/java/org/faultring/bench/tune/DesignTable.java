/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Designs that were tuned together, side by side. */
public final class DesignTable {

    private DesignTable() {}

    /**
     * One line for each.
     *
     * @param results the cheapest first
     * @return lines, the last one ended
     */
    public static String of(final List<TuningResult> results) {
        final StringBuilder text = new StringBuilder();
        final TuningResult first = results.get(0);
        text.append(first.possible()
                ? "cheapest that keeps the objective: " + first.scenario().design().key() + "\n"
                : "no design keeps the objective\n");
        text.append(String.format(Locale.ROOT, " %-16s  %11s  %11s  %9s  %s%n", "design", "bytes", "p99 ns", "goodput",
                "smallest sizes"));
        for (final TuningResult result : results) {
            final Evaluation answer = result.answer();
            text.append(String.format(Locale.ROOT, " %-16s  %,11d  %,11.0f  %9.4f  %s%n",
                    result.scenario().design().key(), answer.bytes(), answer.mean(Measures::p99Nanos),
                    answer.mean(Measures::goodput), result.possible() ? sizes(result) : "objective not kept"));
        }
        return text.toString();
    }

    private static String sizes(final TuningResult result) {
        return result.curves().keySet().stream().map(knob -> knob.key() + " " + knob.value(result.answer().scenario()))
                .collect(Collectors.joining(", "));
    }
}
