/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import org.faultring.hwmodel.sim.DrawnTime;

/**
 * The law of a price in a profile: {@code {"law": "exponential", "mean": 300}}, {@code {"law": "lognormal", "mean":
 * 300, "sigma": 0.5}}, or measured quantiles, {@code {"law": "quantiles", "0.5": 280, "0.99": 900, "1": 4000}}, whose
 * last is 1. Up to a quantile from the one before it, a price is taken from the middle of the stretch, and below the
 * first it is the first.
 */
final class PriceLaw {

    /** Parts of the whole in which shares of a measured law are told apart. */
    private static final long PARTS = 1_000_000_000L;
    /** Values that stand for the stretch between two quantiles. */
    private static final int STEPS = 8;

    private PriceLaw() {}

    static DrawnTime of(final String cost, final JsonNode price) {
        return switch (price.path("law").asText()) {
            case "constant" -> {
                check(cost, price, Set.of("law", "mean"));
                yield DrawnTime.constant(number(cost, price, "mean"));
            }
            case "exponential" -> {
                check(cost, price, Set.of("law", "mean"));
                yield DrawnTime.exponential(number(cost, price, "mean"));
            }
            case "lognormal" -> {
                check(cost, price, Set.of("law", "mean", "sigma"));
                yield DrawnTime.lognormal(number(cost, price, "mean"), number(cost, price, "sigma"));
            }
            case "quantiles" -> quantiles(cost, price);
            default -> throw new IllegalArgumentException(cost + ".law=" + price.path("law").asText()
                    + " (expected: constant, exponential, lognormal, quantiles)");
        };
    }

    private static void check(final String cost, final JsonNode price, final Set<String> known) {
        for (final Map.Entry<String, JsonNode> member : price.properties()) {
            if (!known.contains(member.getKey())) {
                throw new IllegalArgumentException(
                        cost + "." + member.getKey() + "=" + member.getValue() + " (expected: no such member)");
            }
        }
    }

    private static double number(final String cost, final JsonNode price, final String name) {
        if (!price.path(name).isNumber()) {
            throw new IllegalArgumentException(cost + "." + name + "=" + price.path(name) + " (expected: a number)");
        }
        return price.path(name).doubleValue();
    }

    private static DrawnTime quantiles(final String cost, final JsonNode price) {
        final TreeMap<Double, Double> nanos = new TreeMap<>();
        for (final Map.Entry<String, JsonNode> member : price.properties()) {
            if (!member.getKey().equals("law")) {
                nanos.put(share(cost, member.getKey()), number(cost, price, member.getKey()));
            }
        }
        if (nanos.isEmpty() || nanos.lastKey() != 1) {
            throw new IllegalArgumentException(cost + "=" + price + " (expected: quantiles up to 1)");
        }
        final List<long[]> bars = new ArrayList<>();
        double share = 0;
        double from = nanos.firstEntry().getValue();
        for (final Map.Entry<Double, Double> quantile : nanos.entrySet()) {
            final double to = quantile.getValue();
            if (to < from || to < 0) {
                throw new IllegalArgumentException(cost + "." + quantile.getKey() + "=" + to
                        + " (expected: no less than the quantile before it)");
            }
            for (int step = 0; step < STEPS; step++) {
                bars.add(new long[] {Math.round(from + (to - from) * (step + 0.5) / STEPS),
                    Math.max(1, Math.round(PARTS * (quantile.getKey() - share) / STEPS))});
            }
            share = quantile.getKey();
            from = to;
        }
        return DrawnTime.histogram(bars.stream().mapToLong(bar -> bar[0]).toArray(),
                bars.stream().mapToLong(bar -> bar[1]).toArray());
    }

    private static double share(final String cost, final String text) {
        try {
            final double share = Double.parseDouble(text);
            if (share > 0 && share <= 1) {
                return share;
            }
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(cost + "." + text + " (expected: a quantile above 0, up to 1)", e);
        }
        throw new IllegalArgumentException(cost + "." + text + " (expected: a quantile above 0, up to 1)");
    }
}
