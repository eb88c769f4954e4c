/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import java.util.SplittableRandom;

import org.faultring.ring.Checks;

/**
 * A time that is drawn: how long a handler takes, how long until the next arrival. The same on every machine for the
 * same random numbers, since all functions are those of {@link StrictMath}. Immutable.
 *
 * @param law       how it is distributed
 * @param meanNanos on average, virtual ns, 0..10^12
 * @param sigma     of the logarithm, of a lognormal time alone, 0..5
 * @param nanos     values of a histogram, virtual ns, null for other laws
 * @param shares    share of all at or below each value, rising to 1, null for other laws
 */
public record DrawnTime(Law law, double meanNanos, double sigma, long[] nanos, double[] shares) {

    /** Nothing takes no time. */
    public static final DrawnTime NONE = constant(0);

    private static final double MAX_MEAN_NANOS = 1e12;
    private static final double UNIT = 0x1p-53;

    /** How a time is distributed. */
    public enum Law {
        /** Always the same. */
        CONSTANT,
        /** Without memory. */
        EXPONENTIAL,
        /** With a long tail. */
        LOGNORMAL,
        /** As it was measured. */
        HISTOGRAM
    }

    /** Checks the values. */
    public DrawnTime {
        if (!(meanNanos >= 0 && meanNanos <= MAX_MEAN_NANOS)) {
            throw new IllegalArgumentException("mean=" + meanNanos + " ns (expected: 0..1e12)");
        }
        if (!(sigma >= 0 && sigma <= 5)) {
            throw new IllegalArgumentException("sigma=" + sigma + " (expected: 0..5)");
        }
    }

    /**
     * Always the same.
     *
     * @param nanos virtual ns
     * @return the time
     */
    public static DrawnTime constant(final double nanos) {
        return new DrawnTime(Law.CONSTANT, nanos, 0, null, null);
    }

    /**
     * Without memory.
     *
     * @param meanNanos virtual ns
     * @return the time
     */
    public static DrawnTime exponential(final double meanNanos) {
        return new DrawnTime(Law.EXPONENTIAL, meanNanos, 0, null, null);
    }

    /**
     * With a long tail.
     *
     * @param meanNanos virtual ns
     * @param sigma     standard deviation of the logarithm
     * @return the time
     */
    public static DrawnTime lognormal(final double meanNanos, final double sigma) {
        return new DrawnTime(Law.LOGNORMAL, meanNanos, sigma, null, null);
    }

    /**
     * As it was measured.
     *
     * @param values values, virtual ns, at least one
     * @param counts how often each was seen, each at least 1
     * @return the time
     */
    public static DrawnTime histogram(final long[] values, final long[] counts) {
        if (values.length == 0 || values.length != counts.length) {
            throw new IllegalArgumentException(
                    "histogram=" + values.length + " values, " + counts.length + " counts (expected: as many, from 1)");
        }
        long all = 0;
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            Checks.range("histogram", values[i], 0, (long) MAX_MEAN_NANOS);
            all += Checks.range("histogram", counts[i], 1, 1L << 40);
            sum += (double) values[i] * counts[i];
        }
        final double[] shares = new double[values.length];
        long seen = 0;
        for (int i = 0; i < values.length; i++) {
            seen += counts[i];
            shares[i] = (double) seen / all;
        }
        return new DrawnTime(Law.HISTOGRAM, sum / all, 0, values.clone(), shares);
    }

    /**
     * The same, longer or shorter.
     *
     * @param factor of all values, above 0
     * @return a new time
     */
    public DrawnTime times(final double factor) {
        long[] scaled = null;
        if (nanos != null) {
            scaled = nanos.clone();
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = Math.round(scaled[i] * factor);
            }
        }
        return new DrawnTime(law, meanNanos * factor, sigma, scaled, shares);
    }

    /**
     * Draw one, always with as many random numbers as the law needs.
     *
     * @param random to draw from
     * @return virtual ns
     */
    public double draw(final SplittableRandom random) {
        return switch (law) {
            case CONSTANT -> meanNanos;
            case EXPONENTIAL -> -meanNanos * StrictMath.log(unit(random));
            case LOGNORMAL -> meanNanos * StrictMath.exp(sigma * normal(random) - sigma * sigma / 2);
            case HISTOGRAM -> nanos[indexOf(unit(random))];
        };
    }

    /** Above 0, at most 1. */
    static double unit(final SplittableRandom random) {
        return ((random.nextLong() >>> 11) + 1) * UNIT;
    }

    private static double normal(final SplittableRandom random) {
        final double radius = Math.sqrt(-2 * StrictMath.log(unit(random)));
        return radius * StrictMath.cos(2 * Math.PI * unit(random));
    }

    private int indexOf(final double share) {
        int low = 0;
        int high = shares.length - 1;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (shares[middle] < share) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
