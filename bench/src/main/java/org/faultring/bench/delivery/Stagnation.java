/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.Arrays;

/**
 * When a warm-up gains nothing any more: none of its last rounds is better by a tenth than the best of those before.
 * On a machine whose rounds never agree this ends what would go on in vain.
 */
final class Stagnation {

    private static final int LAST = 3;
    private static final double GAIN = 0.1;

    private final double[] last = new double[LAST];
    private double best = Double.MAX_VALUE;
    private int count;

    /**
     * Another round.
     *
     * @param cost of it, above 0
     * @return true if it and those just before it have brought no gain
     */
    boolean add(final double cost) {
        final int at = count % LAST;
        if (count >= LAST) {
            best = Math.min(best, last[at]);
        }
        last[at] = cost;
        count++;
        return count > LAST && Arrays.stream(last).min().orElseThrow() > best * (1 - GAIN);
    }
}
