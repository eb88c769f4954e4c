/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.statistics;

/**
 * What a ratio says of two designs. A difference counts only if the whole interval lies beyond the practical threshold,
 * and two are the same only if the whole interval lies within it; an interval across the threshold, or of too few
 * rounds, says nothing.
 */
public enum Verdict {

    /** The first is better by more than the threshold. */
    FASTER("faster"),
    /** The first is worse by more than the threshold. */
    SLOWER("slower"),
    /** They differ by less than the threshold. */
    SAME("same"),
    /** The interval is too wide, or there were too few rounds. */
    CANNOT_TELL("can't tell");

    /** Difference below which nobody would choose by it: 3 %. */
    public static final double THRESHOLD = 0.03;

    private final String label;

    Verdict(final String label) {
        this.label = label;
    }

    /**
     * In a table.
     *
     * @return one or two words
     */
    public String label() {
        return label;
    }

    /**
     * Judge a ratio.
     *
     * @param ratio     of the first to the second
     * @param better    which way their figures are good
     * @param threshold share of the second below which a difference does not count, above 0 and below 1
     * @return the verdict on the first
     */
    public static Verdict of(final RatioEstimate ratio, final Better better, final double threshold) {
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException("threshold=" + threshold + " (expected: above 0 and below 1)");
        }
        if (ratio.rounds() < MedianEstimate.VALUES_FOR_INTERVAL) {
            return CANNOT_TELL;
        }
        final double above = 1 + threshold;
        final double below = 1 / above;
        if (ratio.low() > above) {
            return better == Better.HIGHER ? FASTER : SLOWER;
        }
        if (ratio.high() < below) {
            return better == Better.HIGHER ? SLOWER : FASTER;
        }
        return ratio.low() >= below && ratio.high() <= above ? SAME : CANNOT_TELL;
    }
}
