/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The highest rate at which a design keeps a limit, and what was measured on the way.
 *
 * @param design            key of the design
 * @param on                key of the ground
 * @param batch             records of a read and answers of a write at most
 * @param inFlight          faults in flight at most
 * @param handlerNanos      that the handler took for each fault
 * @param placement         key of the cores
 * @param arrivals          pace of the faults at the first rate; the others differ in the rate alone
 * @param p99UnderNanos     the limit
 * @param capacityPerSecond faults a second in closed loop, null without a result
 * @param highestPerSecond  highest rate that kept the limit, null if none did
 * @param whyNot            why the search did not come to its end, null if it did
 * @param steps             by rate
 */
public record RampResult(String design, String on, int batch, int inFlight, long handlerNanos, String placement,
        String arrivals, long p99UnderNanos, Double capacityPerSecond, Double highestPerSecond, String whyNot,
        List<RampStep> steps) {

    /**
     * In words.
     *
     * @return one sentence
     */
    public String sentence() {
        final String where = design + " on " + on + ", batch " + batch + ", " + inFlight + " in flight at most: ";
        if (whyNot != null) {
            return where + whyNot;
        }
        if (highestPerSecond == null) {
            return where + String.format(Locale.ROOT,
                    "p99 is not under %,d ns even at %,.0f faults a second, the lowest rate tried.", p99UnderNanos,
                    steps.isEmpty() ? 0 : steps.get(0).offeredPerSecond());
        }
        return where + String.format(Locale.ROOT,
                "p99 stays under %,d ns up to %,.0f faults a second, %.0f %% of what it does in closed loop.",
                p99UnderNanos, highestPerSecond, 100 * highestPerSecond / capacityPerSecond);
    }

    /**
     * What all searches say together: the highest rate found on each ground, since grounds are not compared.
     *
     * @param ramps in any order
     * @return one sentence for each limit, or nothing without a search that has steps
     */
    public static Optional<String> overall(final List<RampResult> ramps) {
        final Map<Long, Map<String, List<RampResult>>> byLimit = new LinkedHashMap<>();
        ramps.stream().filter(ramp -> !ramp.steps.isEmpty())
                .forEach(ramp -> byLimit.computeIfAbsent(ramp.p99UnderNanos, limit -> new LinkedHashMap<>())
                        .computeIfAbsent(ramp.on, ground -> new ArrayList<>()).add(ramp));
        final List<String> sentences = new ArrayList<>();
        byLimit.forEach((limit,
                grounds) -> sentences.add(String.format(Locale.ROOT, "p99 stays under %,d ns %s.", limit,
                        grounds.entrySet().stream().map(ground -> highest(ground.getKey(), ground.getValue()))
                                .collect(Collectors.joining("; ")))));
        return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
    }

    private static String highest(final String ground, final List<RampResult> ramps) {
        return ramps.stream().filter(ramp -> ramp.highestPerSecond != null)
                .max(Comparator.comparingDouble(RampResult::highestPerSecond))
                .map(ramp -> String.format(Locale.ROOT,
                        "up to %,.0f faults a second on %s, which takes %s at batch %d", ramp.highestPerSecond, ground,
                        ramp.design, ramp.batch))
                .orElse("at no rate tried on " + ground);
    }
}
