/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.faultring.bench.statistics.RatioEstimate;

/**
 * An entry of {@code ratios.json}: a ring of ours against another.
 *
 * @param ring      of ours
 * @param peer      the other, or a reference
 * @param measure   what was measured
 * @param batch     faults of a claim of ours
 * @param producers producing threads
 * @param ratio     score of ours divided by the other's
 * @param low       lower end of the interval, null with one fork
 * @param high      upper end of the interval, null with one fork
 */
@JsonPropertyOrder({"ring", "peer", "measure", "batch", "producers", "ratio", "low", "high"})
public record RingRatio(String ring, String peer, Measure measure, int batch, int producers, double ratio,
        Double low, Double high) {

    static RingRatio of(final Cell ours, final Cell other, final RatioEstimate estimate) {
        return new RingRatio(ours.ring().label(), other.ring().label(), ours.measure(), ours.batch(),
                ours.producers(), estimate.ratio(), estimate.hasInterval() ? estimate.low() : null,
                estimate.hasInterval() ? estimate.high() : null);
    }
}
