/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.ring.Checks;

/**
 * Groups that arrive from outside, whatever became of those before: one by one, or in bursts. Belongs to one device,
 * which asks for one group after the other. Allocates nothing.
 */
public final class Arrivals implements RaiseSchedule {

    private final DoubleSupplier gap;
    private final int burst;
    private final double spacingNanos;
    private long lap;
    private int group = -1;
    private int inBurst;
    private double burstNanos;
    private double dueNanos;

    /**
     * Arrivals from moment 0.
     *
     * @param gap          from a burst to the next
     * @param burst        groups of a burst, from 1
     * @param spacingNanos from a group of a burst to the next, virtual ns
     * @param random       to draw the gaps from
     */
    public Arrivals(final DrawnTime gap, final int burst, final double spacingNanos, final SplittableRandom random) {
        this(() -> gap.draw(random), burst, spacingNanos);
    }

    /**
     * The same, with gaps that come from elsewhere.
     *
     * @param gap          to the next burst, virtual ns
     * @param burst        groups of a burst, from 1
     * @param spacingNanos from a group of a burst to the next, virtual ns
     */
    public Arrivals(final DoubleSupplier gap, final int burst, final double spacingNanos) {
        this.gap = gap;
        this.burst = Checks.range("burst", burst, 1, 1 << 20);
        if (!(spacingNanos >= 0)) {
            throw new IllegalArgumentException("spacing=" + spacingNanos + " (expected: 0 or more ns)");
        }
        this.spacingNanos = spacingNanos;
        inBurst = burst;
    }

    @Override
    public long dueNanos(final long ofLap, final int ofGroup) {
        if (ofLap != lap || ofGroup != group) {
            if (ofGroup != group + 1 && !(ofLap == lap + 1 && ofGroup == 0)) {
                throw new IllegalArgumentException("group=" + ofLap + "." + ofGroup + " (expected: the one after "
                        + lap + "." + group + ")");
            }
            lap = ofLap;
            group = ofGroup;
            next();
        }
        return (long) dueNanos;
    }

    private void next() {
        if (inBurst == burst) {
            inBurst = 0;
            burstNanos += gap.getAsDouble();
            dueNanos = Math.max(dueNanos, burstNanos);
        } else {
            dueNanos += spacingNanos;
        }
        inBurst++;
    }
}
