/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a point says about the question which design delivers best, and how far that holds.
 *
 * @param point    that was measured
 * @param best     design with the lowest median cost of a fault, or in open loop with the lowest 99th percentile
 * @param equals   designs that cannot be told from it, or are the same
 * @param slowest  design with the highest, empty if there is no other
 * @param sentence all of it in words
 */
public record Answer(ComparisonPoint point, String best, List<String> equals, Optional<String> slowest,
        String sentence) {

    /**
     * Look for it.
     *
     * @param point   that was measured
     * @param figures of its cells
     * @return the answer, or nothing where fewer than two designs have a result
     */
    public static Optional<Answer> of(final ComparisonPoint point, final List<CellFigures> figures) {
        final List<CellFigures> sorted = DeliveryComparison.judged(figures);
        if (sorted.size() < 2) {
            return Optional.empty();
        }
        final CellFigures best = sorted.get(0);
        final List<String> equals =
                DeliveryComparison.unbeaten(sorted).stream().skip(1).map(cell -> cell.cell().design()).toList();
        final CellFigures slowest = sorted.get(sorted.size() - 1);
        final boolean isSlowestWorse = !equals.contains(slowest.cell().design());
        return Optional.of(new Answer(point, best.cell().design(), equals,
                isSlowestWorse ? Optional.of(slowest.cell().design()) : Optional.empty(),
                sentence(point, best, equals, isSlowestWorse ? slowest : null)));
    }

    private static String sentence(final ComparisonPoint point, final CellFigures best, final List<String> equals,
            final CellFigures slowest) {
        final boolean isOpen = point.pace().isOpenLoop();
        final StringBuilder text = new StringBuilder();
        text.append("On ").append(point.ground().key()).append(" (").append(point.description()).append(") ")
                .append(best.cell().design()).append(isOpen ? " has the lowest p99, " : " costs least, ")
                .append(String.format(Locale.ROOT, "%,.0f", best.medianFigure())).append(' ')
                .append(point.ground() == Ground.MODEL ? "virtual" : "host").append(" ns")
                .append(isOpen ? " from a fault's intended moment" : " for a fault");
        if (!equals.isEmpty()) {
            text.append("; ").append(equals.stream().collect(Collectors.joining(", ")))
                    .append(equals.size() == 1 ? " is" : " are").append(" not measurably slower");
        }
        if (slowest != null) {
            text.append("; ").append(slowest.cell().design()).append(isOpen ? " takes " : " costs ")
                    .append(String.format(Locale.ROOT, "%.1f times as much",
                            slowest.medianFigure() / best.medianFigure()));
        }
        return text.append('.').toString();
    }
}
