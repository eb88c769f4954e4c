/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Stream;

import org.faultring.hwmodel.device.Misbehaviour;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.IommuKind;
import org.faultring.hwmodel.sim.Disturbance;
import org.faultring.hwmodel.sim.DisturbancePlan;
import org.faultring.hwmodel.sim.DrawnTime;
import org.faultring.ring.Checks;

/**
 * A situation in which queues are wanted: devices, what they raise and when, the way of a fault, and the objective.
 * Immutable; all values are checked when it is made.
 */
public final class Scenario {

    /** Designs with sizes and a handler: those that serve, in user space, and not in a guest. */
    static final List<DeliveryDesign> DESIGNS = Stream.of(DeliveryDesign.values())
            .filter(design -> design.isServing() && design != DeliveryDesign.SVA && design != DeliveryDesign.INJECT)
            .toList();

    /** What rogues may do. */
    static final List<ScenarioKey> MISDEEDS = List.of(ScenarioKey.OWN_CREDITS, ScenarioKey.WITHHOLD_LAST,
            ScenarioKey.REPEAT_INDEX, ScenarioKey.WRONG_PASID, ScenarioKey.FLOOD);
    private static final int POWER_OF_TWO_LIMIT = 1 << 24;

    private final Map<ScenarioKey, String> values;

    private Scenario(final Map<ScenarioKey, String> values) {
        this.values = values;
        check();
    }

    /**
     * A scenario that says only this.
     *
     * @param values of some keys
     * @return the scenario
     * @throws IllegalArgumentException if a value cannot be, named by its key
     */
    public static Scenario of(final Map<ScenarioKey, String> values) {
        final Map<ScenarioKey, String> copy = new EnumMap<>(ScenarioKey.class);
        copy.putAll(values);
        return new Scenario(copy);
    }

    /**
     * The same with another value.
     *
     * @param key   to change
     * @param value as in a file
     * @return a new scenario
     * @throws IllegalArgumentException if the value cannot be
     */
    public Scenario with(final ScenarioKey key, final String value) {
        return with(Map.of(key, value));
    }

    /**
     * The same with other values.
     *
     * @param changes by key, as in a file
     * @return a new scenario
     * @throws IllegalArgumentException if a value cannot be
     */
    public Scenario with(final Map<ScenarioKey, String> changes) {
        final Map<ScenarioKey, String> copy = new EnumMap<>(ScenarioKey.class);
        copy.putAll(values);
        copy.putAll(changes);
        return new Scenario(copy);
    }

    private void check() {
        values.forEach(Scenario::check);
        config();
        final int length = longestSyntheticGroup();
        if (isSynthetic() && whole(ScenarioKey.BATCH) < Math.min(length, config().credits())) {
            throw refused(ScenarioKey.BATCH, "at least " + length + ", the faults of the longest group");
        }
        if (text(ScenarioKey.GROUP).equals("constant") && length != number(ScenarioKey.GROUP_MEAN)) {
            throw refused(ScenarioKey.GROUP_MEAN, "a whole number, for constant groups and those of a trace");
        }
        if (isSet(ScenarioKey.DEPTH)) {
            Checks.powerOfTwo(ScenarioKey.DEPTH.key(), (int) whole(ScenarioKey.DEPTH), 1, POWER_OF_TWO_LIMIT);
            if (!isMapped()) {
                throw refused(ScenarioKey.DEPTH, "nothing: the fault queue of " + design().key() + " has no depth");
            }
        }
        if (whole(ScenarioKey.THREADS) > 1 && design() != DeliveryDesign.READ
                && design() != DeliveryDesign.BUSY_READ) {
            throw refused(ScenarioKey.THREADS, "1, there is one reader with " + design().key());
        }
        checkRogues();
        if (whole(ScenarioKey.NOISY) > whole(ScenarioKey.DEVICES)) {
            throw refused(ScenarioKey.NOISY, "at most " + text(ScenarioKey.DEVICES) + ", the devices");
        }
        final String process = text(ScenarioKey.ARRIVAL);
        if (!process.equals("closed") && !process.equals("trace")
                && isSet(ScenarioKey.RATE) == isSet(ScenarioKey.LOAD)) {
            throw refused(ScenarioKey.RATE, "either a rate or arrival.load");
        }
        if (text(ScenarioKey.ARRIVAL).equals("trace") && isSynthetic()) {
            throw refused(ScenarioKey.ARRIVAL, "closed, poisson or constant for a synthetic workload");
        }
        if (text(ScenarioKey.SERVICE).equals("histogram") != isSet(ScenarioKey.HISTOGRAM)) {
            throw refused(ScenarioKey.HISTOGRAM, "measured times if and only if handler.service is histogram");
        }
    }

    private void checkRogues() {
        final boolean hasMisdeed = MISDEEDS.stream().anyMatch(this::isSet);
        if (whole(ScenarioKey.ROGUES) > whole(ScenarioKey.DEVICES)) {
            throw refused(ScenarioKey.ROGUES, "at most " + text(ScenarioKey.DEVICES) + ", the devices");
        }
        if (whole(ScenarioKey.ROGUES) > 0 != hasMisdeed) {
            throw refused(ScenarioKey.ROGUES, hasMisdeed ? "1 or more, they are to misbehave"
                    : "0, or something that they do: " + MISDEEDS);
        }
        if (hasMisdeed && iommu() == IommuKind.SMMUV3_STALL) {
            throw refused(ScenarioKey.ROGUES, "0, devices whose transactions stall send no page requests");
        }
    }

    private IllegalArgumentException refused(final ScenarioKey key, final String expected) {
        return new IllegalArgumentException(key + "=" + text(key) + " (expected: " + expected + ")");
    }

    private static void check(final ScenarioKey key, final String value) {
        if (!key.kind().admits(value)) {
            throw new IllegalArgumentException(key + "=" + value + " (expected: " + key.kind().expected() + ")");
        }
    }

    /**
     * A value as in a file.
     *
     * @param key asked for
     * @return its text, the usual one if the scenario does not say
     */
    public String text(final ScenarioKey key) {
        return values.getOrDefault(key, key.usual());
    }

    /** Whether there is a value. */
    boolean isSet(final ScenarioKey key) {
        return !text(key).isEmpty();
    }

    long whole(final ScenarioKey key) {
        return Long.parseLong(text(key));
    }

    double number(final ScenarioKey key) {
        return ValueKind.Number.of(text(key));
    }

    double nanos(final ScenarioKey key) {
        return ValueKind.Time.nanos(text(key));
    }

    boolean isSynthetic() {
        return text(ScenarioKey.TRACE).equals("synthetic");
    }

    IommuKind iommu() {
        return IommuKind.ofKey(text(ScenarioKey.IOMMU));
    }

    DeliveryDesign design() {
        return DeliveryDesign.ofKey(text(ScenarioKey.DESIGN));
    }

    /** Whether faults are in a ring with a depth, mapped into the reader. */
    boolean isMapped() {
        return design() == DeliveryDesign.SHARED_RING || design() == DeliveryDesign.VFIO_REGION;
    }

    /** What a device does wrong. */
    Misbehaviour misbehaviour(final int device) {
        return device < whole(ScenarioKey.DEVICES) - whole(ScenarioKey.ROGUES) ? Misbehaviour.NONE
                : new Misbehaviour(wholeOr0(ScenarioKey.OWN_CREDITS), wholeOr0(ScenarioKey.WITHHOLD_LAST),
                        wholeOr0(ScenarioKey.REPEAT_INDEX), wholeOr0(ScenarioKey.WRONG_PASID),
                        wholeOr0(ScenarioKey.FLOOD), whole(ScenarioKey.SEED) + device);
    }

    private int wholeOr0(final ScenarioKey key) {
        return isSet(key) ? (int) whole(key) : 0;
    }

    /** Faults of the longest group that a synthetic workload can have. */
    int longestSyntheticGroup() {
        final double mean = number(ScenarioKey.GROUP_MEAN);
        return switch (text(ScenarioKey.GROUP)) {
            case "constant" -> (int) mean;
            case "uniform" -> (int) Math.min(64, 2 * mean - 1);
            default -> mean == 1 ? 1 : 64;
        };
    }

    /** The path's configuration, raising without end, every group timed. */
    FaultPathConfig config() {
        try {
            FaultPathConfig config = FaultPathConfig.DEFAULT.withIommu(iommu()).withDesign(design())
                    .withBatch((int) whole(ScenarioKey.BATCH)).withLaps(0).withSampleEvery(1)
                    .withResponsesPerSubmission((int) whole(ScenarioKey.RESPONSES));
            if (isSet(ScenarioKey.QUEUE)) {
                config = config.withPrqEntries((int) whole(ScenarioKey.QUEUE));
            }
            return isSet(ScenarioKey.CREDITS) ? config.withCredits((int) whole(ScenarioKey.CREDITS)) : config;
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(keyed(e.getMessage()), e);
        }
    }

    /** A setting of the path in the words of a scenario. */
    private static String keyed(final String message) {
        return message.replaceFirst("^prqEntries=", ScenarioKey.QUEUE + "=")
                .replaceFirst("^credits=", ScenarioKey.CREDITS + "=")
                .replaceFirst("^batch=", ScenarioKey.BATCH + "=")
                .replaceFirst("^responsesPerSubmission=", ScenarioKey.RESPONSES + "=");
    }

    /** Requests that all devices together may have in flight, or those that misbehave take. */
    int sumOfCredits() {
        final int credits = config().credits();
        final int rogues = (int) whole(ScenarioKey.ROGUES);
        return ((int) whole(ScenarioKey.DEVICES) - rogues) * credits
                + rogues * Math.max(credits, wholeOr0(ScenarioKey.OWN_CREDITS));
    }

    /** Whether every request has a credit that comes back with its answer. */
    boolean keepsCredits() {
        return whole(ScenarioKey.ROGUES) == 0;
    }

    DrawnTime service() {
        final double mean = nanos(ScenarioKey.MEAN);
        return switch (text(ScenarioKey.SERVICE)) {
            case "exponential" -> DrawnTime.exponential(mean);
            case "lognormal" -> DrawnTime.lognormal(mean, number(ScenarioKey.SIGMA));
            case "histogram" -> histogram();
            default -> DrawnTime.constant(mean);
        };
    }

    private DrawnTime histogram() {
        final String[] bars = text(ScenarioKey.HISTOGRAM).split(" ");
        final long[] nanos = new long[bars.length];
        final long[] counts = new long[bars.length];
        for (int i = 0; i < bars.length; i++) {
            final String[] parts = bars[i].split(":");
            nanos[i] = Math.round(ValueKind.Time.nanos(parts[0]));
            counts[i] = Long.parseLong(parts[1]);
        }
        return DrawnTime.histogram(nanos, counts);
    }

    DrawnTime eventService() {
        final double mean = nanos(ScenarioKey.EVENT_MEAN);
        return text(ScenarioKey.EVENT_SERVICE).equals("constant") ? DrawnTime.constant(mean)
                : DrawnTime.exponential(mean);
    }

    DisturbancePlan disturbances() {
        if (!isSet(ScenarioKey.DISTURB)) {
            return DisturbancePlan.NONE;
        }
        final Set<Disturbance> kinds = EnumSet.noneOf(Disturbance.class);
        for (final String word : text(ScenarioKey.DISTURB).split(" ")) {
            kinds.add(Disturbance.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        final long every = (long) nanos(ScenarioKey.DISTURB_EVERY);
        return new DisturbancePlan(kinds, every, every);
    }

    /**
     * All that the scenario says itself.
     *
     * @return texts by key, in the order of the keys
     */
    public Map<String, String> said() {
        final Map<String, String> said = new LinkedHashMap<>();
        values.forEach((key, value) -> said.put(key.key(), value));
        return said;
    }

    /**
     * The scenario as a file.
     *
     * @return YAML, each key on a line of its own
     */
    public String yaml() {
        final StringBuilder yaml = new StringBuilder();
        final List<String> sections = new ArrayList<>();
        values.forEach((key, value) -> {
            final int dot = key.key().indexOf('.');
            if (dot < 0) {
                yaml.append(key).append(": ").append(scalar(key, value)).append('\n');
                return;
            }
            final String section = key.key().substring(0, dot);
            if (!sections.contains(section)) {
                sections.add(section);
                yaml.append(section).append(":\n");
            }
            yaml.append("  ").append(key.key().substring(dot + 1)).append(": ").append(scalar(key, value))
                    .append('\n');
        });
        return yaml.toString();
    }

    private static String scalar(final ScenarioKey key, final String value) {
        if (key.kind() instanceof ValueKind.Words || key.kind() instanceof ValueKind.Histogram) {
            final StringJoiner list = new StringJoiner(", ", "[", "]");
            for (final String word : value.split(" ")) {
                list.add(word.indexOf(':') < 0 ? word : '"' + word + '"');
            }
            return list.toString();
        }
        return value.matches("[\\w./-]+") ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public String toString() {
        return text(ScenarioKey.NAME);
    }
}
