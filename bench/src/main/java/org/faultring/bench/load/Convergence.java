/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

/** When a warm-up is over: its last figures agree, and the first, which compiles, is not among them. */
public final class Convergence {

    private static final int AGREEING = 3;
    private static final double TOLERANCE = 0.1;

    private final double[] last = new double[AGREEING];
    private int count;

    /** No figure yet. */
    public Convergence() {}

    /**
     * Another figure.
     *
     * @param figure above 0
     * @return true if it and those just before it are within a tenth of each other
     */
    public boolean add(final double figure) {
        last[count % AGREEING] = figure;
        count++;
        return count > AGREEING && agree();
    }

    private boolean agree() {
        double low = Double.MAX_VALUE;
        double high = 0;
        for (final double figure : last) {
            low = Math.min(low, figure);
            high = Math.max(high, figure);
        }
        return high <= low * (1 + TOLERANCE);
    }
}
