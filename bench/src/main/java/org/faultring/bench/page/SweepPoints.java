/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.faultring.bench.page.PageData.HeatMap;

/**
 * The points of a sweep.
 *
 * @param keys    that were varied
 * @param points  in the order of the sweep
 * @param maps    p99 over the first two keys, one for each choice of the others
 * @param refused runs with values that cannot be
 */
record SweepPoints(List<String> keys, List<Point> points, List<HeatMap> maps, int refused) {

    /** More maps than that nobody looks at. */
    private static final int MAX_MAPS = 12;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Means over the seeds of a point.
     *
     * @param title              the values in words
     * @param values             of the keys
     * @param runs               seeds
     * @param bytes              of all queues and buffers
     * @param p99Nanos           of a group, virtual ns
     * @param overflowsPerSecond episodes
     * @param goodput            share of the faults offered that were resolved
     * @param front              no other has both fewer bytes and a lower p99
     */
    record Point(String title, List<String> values, int runs, double bytes, double p99Nanos,
            double overflowsPerSecond, double goodput, boolean front) {

        private boolean isBeatenBy(final Point other) {
            return other.bytes <= bytes && other.p99Nanos <= p99Nanos
                    && (other.bytes < bytes || other.p99Nanos < p99Nanos);
        }

        private Point on(final boolean isFront) {
            return new Point(title, values, runs, bytes, p99Nanos, overflowsPerSecond, goodput, isFront);
        }
    }

    /** Read the lines of a sweep. */
    static SweepPoints of(final List<String> lines) throws IOException {
        final Map<List<String>, List<JsonNode>> bySet = new LinkedHashMap<>();
        List<String> keys = List.of();
        int refused = 0;
        for (final String line : lines) {
            final JsonNode run = JSON.readTree(line);
            if (!run.has("measures")) {
                refused++;
                continue;
            }
            final List<String> names = new ArrayList<>();
            final List<String> values = new ArrayList<>();
            run.path("set").properties().forEach(value -> {
                names.add(value.getKey());
                values.add(value.getValue().asText());
            });
            keys = List.copyOf(names);
            bySet.computeIfAbsent(List.copyOf(values), set -> new ArrayList<>()).add(run.path("measures"));
        }
        final List<Point> all = new ArrayList<>();
        for (final Map.Entry<List<String>, List<JsonNode>> set : bySet.entrySet()) {
            all.add(point(keys, set.getKey(), set.getValue()));
        }
        final List<Point> judged =
                all.stream().map(point -> point.on(all.stream().noneMatch(point::isBeatenBy))).toList();
        return new SweepPoints(keys, judged, maps(keys, judged), refused);
    }

    private static Point point(final List<String> keys, final List<String> values, final List<JsonNode> runs) {
        final List<String> words = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            words.add(keys.get(i) + " " + values.get(i));
        }
        return new Point(String.join(", ", words), values, runs.size(), mean(runs, "bytes"), mean(runs, "p99Nanos"),
                ratio(runs, "overflows", "seconds"), ratio(runs, "resolved", "offered"), false);
    }

    private static double mean(final List<JsonNode> runs, final String name) {
        return runs.stream().mapToDouble(run -> run.path(name).asDouble()).average().orElseThrow();
    }

    private static double ratio(final List<JsonNode> runs, final String over, final String under) {
        final double below = mean(runs, under);
        return below == 0 ? 0 : mean(runs, over) / below;
    }

    private static List<HeatMap> maps(final List<String> keys, final List<Point> points) {
        if (keys.size() < 2) {
            return List.of();
        }
        final Map<List<String>, List<Point>> byRest = new LinkedHashMap<>();
        for (final Point point : points) {
            byRest.computeIfAbsent(point.values.subList(2, keys.size()), rest -> new ArrayList<>()).add(point);
        }
        final List<HeatMap> maps = new ArrayList<>();
        byRest.forEach((rest, some) -> {
            final List<String> x = distinct(some, 0);
            final List<String> y = distinct(some, 1);
            // Drawn at random they hardly ever meet: a map is of a grid.
            if (x.size() > 1 && y.size() > 1 && some.size() * 2 >= x.size() * y.size() && maps.size() < MAX_MAPS) {
                maps.add(new HeatMap(title(keys, rest), keys.get(0), keys.get(1), x, y,
                        some.stream().map(point -> new double[] {x.indexOf(point.values.get(0)),
                            y.indexOf(point.values.get(1)), point.p99Nanos}).toList()));
            }
        });
        return maps;
    }

    private static String title(final List<String> keys, final List<String> rest) {
        final List<String> words = new ArrayList<>();
        for (int i = 0; i < rest.size(); i++) {
            words.add(keys.get(2 + i) + " " + rest.get(i));
        }
        return words.isEmpty() ? "All points" : String.join(", ", words);
    }

    private static List<String> distinct(final List<Point> points, final int key) {
        final Set<String> distinct = new LinkedHashSet<>();
        points.forEach(point -> distinct.add(point.values.get(key)));
        return List.copyOf(distinct);
    }
}
