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

import org.faultring.bench.live.LivePath.Look;
import org.faultring.bench.result.IndentedJson;

/** A look at a running path, for people and for programs. */
public final class LiveView {

    private LiveView() {}

    /**
     * Tables: what waits, and every counter that has counted something.
     *
     * @param look at the path
     * @return lines, the last one ended
     */
    public static String of(final Look look) {
        final List<Object[]> waiting = new ArrayList<>();
        look.waiting().forEach((consumer, count) -> waiting
                .add(new Object[] {consumer, grouped(count), grouped(look.mostSeen().get(consumer))}));
        final List<Object[]> counts = new ArrayList<>();
        look.counts().forEach((key, count) -> {
            if (count != 0) {
                counts.add(new Object[] {key, grouped(count), rate(look.perSecond(), key)});
            }
        });
        return PlainTable.of(List.of(left("waiting"), right("now"), right("most seen")), waiting) + "\n"
                + PlainTable.of(List.of(left("events"), right("count"), right("a host second")), counts)
                + (look.isRunning() ? "" : "the process has ended\n");
    }

    private static String grouped(final long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String rate(final Map<String, Double> rates, final String key) {
        return rates.isEmpty() ? "" : String.format(Locale.ROOT, "%,.0f", rates.get(key));
    }

    /**
     * As JSON.
     *
     * @param look at the path
     * @return indented text
     */
    public static String json(final Look look) {
        return IndentedJson.of(look);
    }
}
