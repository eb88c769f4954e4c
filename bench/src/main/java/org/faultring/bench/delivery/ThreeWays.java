/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.faultring.bench.statistics.RatioEstimate;
import org.faultring.bench.statistics.Verdict;
import org.faultring.hwmodel.path.DeliveryDesign;

/** At one point, the three ways to deliver a fault that were proposed for Linux; read and poll and another at least. */
final class ThreeWays {

    private static final String EVENTFD = DeliveryDesign.EVENTFD.key();
    private static final String READ = DeliveryDesign.READ.key();
    private static final String POSTED_READ = DeliveryDesign.POSTED_READ.key();

    /** Keys of the three. */
    static final List<String> DESIGNS = List.of(READ, EVENTFD, POSTED_READ);

    /** By design, in the order of {@link #DESIGNS}, those with a result. */
    private final Map<String, CellFigures> figures;

    private final Set<String> unbeaten = new LinkedHashSet<>();

    private ThreeWays(final Map<String, CellFigures> figures) {
        this.figures = figures;
        final List<CellFigures> best =
                DeliveryComparison.unbeaten(DeliveryComparison.judged(List.copyOf(figures.values())));
        figures.forEach((design, cell) -> {
            if (best.contains(cell)) {
                unbeaten.add(design);
            }
        });
    }

    static Optional<ThreeWays> of(final List<CellFigures> cells) {
        final Map<String, CellFigures> figures = new LinkedHashMap<>();
        final List<CellFigures> judged = DeliveryComparison.judged(cells);
        for (final String design : DESIGNS) {
            judged.stream().filter(cell -> cell.cell().design().equals(design)).findFirst()
                    .ifPresent(cell -> figures.put(design, cell));
        }
        return figures.size() > 1 && figures.containsKey(READ) ? Optional.of(new ThreeWays(figures))
                : Optional.empty();
    }

    /** How many of them were measured. */
    int measured() {
        return figures.size();
    }

    /** The cheapest of them, and which are not measurably dearer than it. */
    Set<String> unbeaten() {
        return unbeaten;
    }

    /** What the others take of what read and poll takes, in words. */
    String factors(final String verb) {
        return figures.entrySet().stream().filter(entry -> !entry.getKey().equals(READ))
                .map(entry -> entry.getKey() + verb + factor(entry.getValue())).collect(Collectors.joining(", "));
    }

    private String factor(final CellFigures cell) {
        final RatioEstimate ratio = DeliveryComparison.ratio(cell, figures.get(READ)).orElseThrow();
        final String number = String.format(Locale.ROOT, ratio.ratio() < 10 ? "%.2f" : "%.1f", ratio.ratio());
        final boolean isSure = DeliveryComparison.verdict(cell, figures.get(READ)) != Verdict.CANNOT_TELL;
        return number + (isSure ? "" : " (can't tell from 1)");
    }

    /** A design in the words of the question. */
    static String words(final String design) {
        if (design.equals(READ)) {
            return "read and poll";
        }
        return design.equals(EVENTFD) ? "eventfd plus read" : "posted reads";
    }
}
