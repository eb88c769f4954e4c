/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all points say together, ground by ground, since grounds have different currencies: which of the three ways that
 * were proposed for Linux is better and by how much, where they were measured, else which designs cost least.
 */
public final class Finding {

    private static final String SEPARATOR = ", ";

    private Finding() {}

    /**
     * Look for it.
     *
     * @param points with the figures of their cells
     * @return a sentence, or two if there are open loops beside closed ones; nothing without two designs to compare
     */
    public static Optional<String> of(final Map<ComparisonPoint, List<CellFigures>> points) {
        final List<String> sentences = Stream.of(false, true)
                .flatMap(isOpen -> sentence(points, isOpen).stream()).toList();
        return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
    }

    private static Optional<String> sentence(final Map<ComparisonPoint, List<CellFigures>> points,
            final boolean isOpen) {
        final Map<ComparisonPoint, ThreeWays> asked = new LinkedHashMap<>();
        points.forEach((point, cells) -> {
            if (point.pace().isOpenLoop() == isOpen) {
                ThreeWays.of(cells).ifPresent(ways -> asked.put(point, ways));
            }
        });
        if (asked.keySet().stream().anyMatch(point -> point.ground() != Ground.THREADS)) {
            // A simulator's speed is no answer where there is a better one.
            asked.keySet().removeIf(point -> point.ground() == Ground.THREADS);
        }
        if (!asked.isEmpty()) {
            return Optional.of(question(asked, isOpen));
        }
        final List<Answer> answers = points.entrySet().stream()
                .filter(entry -> entry.getKey().pace().isOpenLoop() == isOpen)
                .flatMap(entry -> Answer.of(entry.getKey(), entry.getValue()).stream()).toList();
        return answers.isEmpty() ? Optional.empty() : Optional.of(cheapest(answers, isOpen));
    }

    private static String question(final Map<ComparisonPoint, ThreeWays> asked, final boolean isOpen) {
        final Set<String> shared = sharedAxes(asked.keySet());
        final Map<Ground, Map<String, ThreeWays>> byGround = new EnumMap<>(Ground.class);
        asked.forEach((point, ways) -> byGround.computeIfAbsent(point.ground(), ground -> new LinkedHashMap<>())
                .put(ownAxes(point, shared), ways));
        final String found = byGround.entrySet().stream()
                .map(entry -> place(entry.getKey()) + ": " + winner(entry.getValue()) + " ("
                        + factors(entry.getValue(), isOpen) + ")")
                .collect(Collectors.joining("; "));
        return "Eventfd plus read, one file with read and poll, or io_uring with posted reads? "
                + Character.toUpperCase(found.charAt(0)) + found.substring(1) + ". It holds for "
                + String.join(SEPARATOR, shared) + (isOpen ? ", by p99." : ", in closed loop.");
    }

    /** Who is nowhere on a ground measurably worse than another of the three; else who is so where. */
    private static String winner(final Map<String, ThreeWays> ways) {
        final Set<String> everywhere = new LinkedHashSet<>(ThreeWays.DESIGNS);
        ways.values().forEach(of -> everywhere.retainAll(of.unbeaten()));
        if (everywhere.isEmpty()) {
            return ways.entrySet().stream().map(entry -> names(entry.getValue().unbeaten()) + at(entry.getKey()))
                    .collect(Collectors.joining(SEPARATOR));
        }
        return ways.values().stream().allMatch(of -> of.unbeaten().size() == of.measured())
                ? "no difference that can be measured"
                : names(everywhere);
    }

    private static String names(final Set<String> designs) {
        return designs.stream().map(ThreeWays::words).collect(Collectors.joining(" or "));
    }

    private static String factors(final Map<String, ThreeWays> ways, final boolean isOpen) {
        final String verb = isOpen ? " takes " : " costs ";
        return ways.entrySet().stream().map(entry -> entry.getValue().factors(verb) + at(entry.getKey()))
                .collect(Collectors.joining("; ")) + (isOpen ? "; read and poll takes 1" : "; read and poll costs 1");
    }

    private static String at(final String axes) {
        return axes.isEmpty() ? "" : " at " + axes;
    }

    private static String place(final Ground ground) {
        return switch (ground) {
            case THREADS -> "on the emulated path, by a simulator's speed";
            case MODEL -> "on the model of Linux's fault file, in virtual ns";
            case PIPE -> "through a pipe, which can refuse to wait, in host ns";
            case IOMMU -> "on the real fault file, in host ns";
            case FANOTIFY, USERFAULT -> "through " + ground.key() + ", in host ns";
        };
    }

    private static String cheapest(final List<Answer> answers, final boolean isOpen) {
        final Map<Ground, List<Answer>> byGround = new EnumMap<>(Ground.class);
        answers.forEach(answer -> byGround.computeIfAbsent(answer.point().ground(), ground -> new ArrayList<>())
                .add(answer));
        return byGround.entrySet().stream().map(entry -> "on " + entry.getKey().key() + " "
                + cheapest(entry.getValue())).collect(Collectors.joining("; ",
                        isOpen ? "Lowest in p99 at an offered load, or not measurably above the lowest: "
                                : "Cheapest at equal batch, or not measurably dearer than the cheapest: ",
                        "."));
    }

    private static String cheapest(final List<Answer> answers) {
        final Map<String, Integer> unbeaten = new TreeMap<>();
        answers.forEach(answer -> Stream.concat(Stream.of(answer.best()), answer.equals().stream())
                .forEach(design -> unbeaten.merge(design, 1, Integer::sum)));
        final int most = Collections.max(unbeaten.values());
        return unbeaten.entrySet().stream().filter(entry -> entry.getValue() == most).map(Map.Entry::getKey)
                .collect(Collectors.joining(SEPARATOR))
                + (answers.size() == 1 ? "" : " (at " + most + " of " + answers.size() + " points)");
    }

    private static Set<String> sharedAxes(final Set<ComparisonPoint> points) {
        final Set<String> shared = new LinkedHashSet<>();
        points.stream().limit(1).forEach(point -> shared.addAll(axes(point)));
        points.forEach(point -> shared.retainAll(axes(point)));
        return shared;
    }

    private static String ownAxes(final ComparisonPoint point, final Set<String> shared) {
        return axes(point).stream().filter(axis -> !shared.contains(axis)).collect(Collectors.joining(SEPARATOR));
    }

    private static List<String> axes(final ComparisonPoint point) {
        return List.of(point.description().split(SEPARATOR));
    }
}
