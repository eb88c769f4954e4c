/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * The runs of a sweep, in their order: each a scenario and a seed, and nothing else. Immutable.
 *
 * @param scenario that is varied
 * @param keys     that are varied
 * @param points   values of the keys at each point
 * @param seeds    runs of each point
 */
public record SweepDesign(Scenario scenario, List<ScenarioKey> keys, List<Map<ScenarioKey, String>> points,
        int seeds) {

    private static final int MAX_RUNS = 10_000_000;

    /**
     * A run.
     *
     * @param index in the sweep
     * @param set   what is varied
     * @param seed  of all that is drawn
     */
    public record Run(int index, Map<ScenarioKey, String> set, long seed) {}

    /** Values of a key: a list, or from low to high. */
    private record Range(ScenarioKey key, List<String> values, long low, long high) {

        static Range parse(final String text) {
            final int equals = text.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("vary=" + text + " (expected: KEY=VALUES)");
            }
            final ScenarioKey key = ScenarioKey.ofKey(text.substring(0, equals));
            final String values = text.substring(equals + 1);
            final String[] ends = values.split("\\.\\.", 2);
            if (ends.length == 2) {
                try {
                    final long low = Long.parseLong(ends[0]);
                    final long high = Long.parseLong(ends[1]);
                    if (low <= high) {
                        return new Range(key, List.of(), low, high);
                    }
                } catch (final NumberFormatException e) {
                    throw new IllegalArgumentException("vary=" + text + " (expected: KEY=LOW..HIGH, whole numbers)",
                            e);
                }
                throw new IllegalArgumentException("vary=" + text + " (expected: KEY=LOW..HIGH)");
            }
            return new Range(key, List.of(values.split(",", -1)), 0, -1);
        }

        String draw(final SplittableRandom random) {
            final long bits = random.nextLong() >>> 1;
            return values.isEmpty() ? Long.toString(low + bits % (high - low + 1))
                    : values.get((int) (bits % values.size()));
        }
    }

    /** Checks that there are not too many. */
    public SweepDesign {
        if (seeds < 1 || (long) seeds * points.size() > MAX_RUNS) {
            throw new IllegalArgumentException("runs=" + (long) seeds * points.size() + " (expected: 1.." + MAX_RUNS
                    + ")");
        }
    }

    /**
     * Every combination.
     *
     * @param scenario to vary
     * @param vary     KEY=VALUE,VALUE…
     * @param seeds    runs of each point
     * @return the design
     * @throws IllegalArgumentException for what cannot be varied so
     */
    public static SweepDesign grid(final Scenario scenario, final List<String> vary, final int seeds) {
        List<Map<ScenarioKey, String>> points = List.of(Map.of());
        final List<Range> ranges = vary.stream().map(Range::parse).toList();
        for (final Range range : ranges) {
            if (range.values.isEmpty()) {
                throw new IllegalArgumentException("vary=" + range.key + "=" + range.low + ".." + range.high
                        + " (expected: values, or --random)");
            }
            final List<Map<ScenarioKey, String>> next = new ArrayList<>();
            if ((long) points.size() * range.values.size() > MAX_RUNS) {
                throw new IllegalArgumentException("points=" + points.size() + " x " + range.values.size()
                        + " (expected: at most " + MAX_RUNS + ")");
            }
            for (final Map<ScenarioKey, String> point : points) {
                for (final String value : range.values) {
                    final Map<ScenarioKey, String> longer = new LinkedHashMap<>(point);
                    longer.put(range.key, value);
                    next.add(Collections.unmodifiableMap(longer));
                }
            }
            points = next;
        }
        return new SweepDesign(scenario, ranges.stream().map(Range::key).toList(), points, seeds);
    }

    /**
     * Points drawn from the values.
     *
     * @param scenario to vary; its seed decides what is drawn
     * @param vary     KEY=VALUE,VALUE… or KEY=LOW..HIGH
     * @param seeds    runs of each point
     * @param count    points
     * @return the design
     * @throws IllegalArgumentException for what cannot be varied so
     */
    public static SweepDesign random(final Scenario scenario, final List<String> vary, final int seeds,
            final int count) {
        if (count < 1 || count > MAX_RUNS) {
            throw new IllegalArgumentException("random=" + count + " (expected: 1.." + MAX_RUNS + ")");
        }
        final List<Range> ranges = vary.stream().map(Range::parse).toList();
        final SplittableRandom random = new SplittableRandom(scenario.whole(ScenarioKey.SEED));
        final List<Map<ScenarioKey, String>> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final Map<ScenarioKey, String> point = new LinkedHashMap<>();
            ranges.forEach(range -> point.put(range.key, range.draw(random)));
            points.add(Collections.unmodifiableMap(point));
        }
        return new SweepDesign(scenario, ranges.stream().map(Range::key).toList(), points, seeds);
    }

    /**
     * The runs of a shard.
     *
     * @param shard I/N: every N-th run, from the I-th
     * @return in their order
     * @throws IllegalArgumentException if that is no shard
     */
    public List<Run> runs(final String shard) {
        final String[] parts = shard.split("/");
        int first = 0;
        int step = 0;
        try {
            first = Integer.parseInt(parts[0]);
            step = parts.length == 2 ? Integer.parseInt(parts[1]) : 0;
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("shard=" + shard + " (expected: I/N, as 1/4)", e);
        }
        if (first < 1 || first > step) {
            throw new IllegalArgumentException("shard=" + shard + " (expected: I/N with I from 1 to N)");
        }
        final List<Run> runs = new ArrayList<>();
        for (int index = first - 1; index < points.size() * seeds; index += step) {
            runs.add(new Run(index, points.get(index / seeds),
                    scenario.whole(ScenarioKey.SEED) * 1_000_003 + index % seeds));
        }
        return runs;
    }

    /** All runs. */
    int size() {
        return points.size() * seeds;
    }

    /** What tells this sweep from another. */
    String fingerprint() {
        final CRC32 crc = new CRC32();
        crc.update((scenario.said() + "\n" + points + "\n" + seeds).getBytes(StandardCharsets.UTF_8));
        return String.format("%08x-%d", crc.getValue(), size());
    }
}
