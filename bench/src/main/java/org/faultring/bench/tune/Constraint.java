/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import org.faultring.hwmodel.path.IommuKind;

/** What an objective can bound. */
public enum Constraint {

    /** Overflow episodes per virtual second. */
    OVERFLOWS(ScenarioKey.MAX_OVERFLOWS, true, "overflow episodes per second", Measures::overflowsPerSecond),
    /** Share of the faults offered that are resolved. */
    GOODPUT(ScenarioKey.MIN_GOODPUT, false, "share of faults resolved", Measures::goodput),
    /** Tail latency. */
    P99(ScenarioKey.MAX_P99, true, "p99 of a group, virtual ns", Measures::p99Nanos),
    /** Share of events lost. */
    LOST(ScenarioKey.MAX_LOST, true, "share of events lost", Measures::lostShare),
    /** Memory. */
    BYTES(ScenarioKey.MAX_BYTES, true, "bytes", Measures::bytes);

    /** Whether a bound is kept. */
    public enum Verdict {
        /** Certain at the level. */
        MET,
        /** Certain at the level. */
        MISSED,
        /** The interval has the bound in it. */
        OPEN
    }

    private final ScenarioKey key;
    private final boolean isUpper;
    private final String label;
    private final ToDoubleFunction<Measures> measure;

    Constraint(final ScenarioKey key, final boolean isUpper, final String label,
            final ToDoubleFunction<Measures> measure) {
        this.key = key;
        this.isUpper = isUpper;
        this.label = label;
        this.measure = measure;
    }

    /**
     * The bounds of a scenario.
     *
     * @param scenario with an objective
     * @return by constraint, those that are set
     */
    static Map<Constraint, Double> of(final Scenario scenario) {
        final Map<Constraint, Double> bounds = new EnumMap<>(Constraint.class);
        for (final Constraint constraint : values()) {
            if (scenario.isSet(constraint.key)) {
                bounds.put(constraint, constraint == P99 ? scenario.nanos(constraint.key)
                        : scenario.number(constraint.key));
            }
        }
        return bounds;
    }

    /**
     * What is bounded.
     *
     * @return a few words
     */
    public String label() {
        return label;
    }

    /** Key of the bound. */
    ScenarioKey key() {
        return key;
    }

    /** Sign of the bound. */
    String sign() {
        return isUpper ? "<=" : ">=";
    }

    /** What the runs say, at a level. */
    Estimate estimate(final Scenario scenario, final List<Measures> runs, final double level) {
        if (this == BYTES) {
            return Estimate.known(runs.get(0).bytes());
        }
        if (this == OVERFLOWS && cannotOverflow(scenario)) {
            return Estimate.known(0);
        }
        if (this == LOST && scenario.number(ScenarioKey.EVENT_RATE) > 0) {
            return RareLoss.of(scenario, level);
        }
        final double[] values = runs.stream().mapToDouble(measure).toArray();
        return this == OVERFLOWS
                ? Estimate.ofRate(runs.stream().mapToDouble(Measures::overflows).toArray(), runs.get(0).seconds(),
                        level)
                : Estimate.ofMean(values, level);
    }

    /**
     * Slots for twice the credits: those that a pass holds, at most the credits of its beginning, and those taken
     * since, at most the credits of now. Stalls wait outside of a full queue.
     */
    static boolean cannotOverflow(final Scenario scenario) {
        return scenario.iommu() == IommuKind.SMMUV3_STALL
                || scenario.keepsCredits() && scenario.config().prqEntries() - 1 >= 2 * scenario.sumOfCredits();
    }

    /** Whether a bound is kept, by an interval. */
    Verdict verdict(final Estimate estimate, final double bound) {
        final boolean isMet = isUpper ? estimate.high() <= bound : estimate.low() >= bound;
        final boolean isMissed = isUpper ? estimate.low() > bound : estimate.high() < bound;
        return isMet ? Verdict.MET : isMissed ? Verdict.MISSED : Verdict.OPEN;
    }
}
