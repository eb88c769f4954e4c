/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;

/**
 * When faults are raised: {@code closed} as credits allow, {@code trace} at the recorded times, or a constant rate.
 *
 * @param kind            which of the three
 * @param faultsPerSecond the rate, 0 for the other two
 */
public record Pace(Kind kind, double faultsPerSecond) {

    /** The kinds of pace. */
    public enum Kind {
        /** As soon as there is credit. */
        CLOSED,
        /** At the recorded times. */
        TRACE,
        /** At a constant rate. */
        RATE
    }

    private static final double MAX_RATE = 1e9;

    /** Checks the rate. */
    public Pace {
        if (kind == Kind.RATE && !(faultsPerSecond > 0 && faultsPerSecond <= MAX_RATE)) {
            throw new IllegalArgumentException("pace=" + plain(faultsPerSecond)
                    + " (expected: closed, trace, or faults per second above 0 and up to 1000000000)");
        }
    }

    /**
     * Pace from its name.
     *
     * @param text closed, trace, or a number of faults per second, which may end in k or M
     * @return the pace
     * @throws IllegalArgumentException for anything else
     */
    public static Pace parse(final String text) {
        switch (text) {
            case "closed":
                return new Pace(Kind.CLOSED, 0);
            case "trace":
                return new Pace(Kind.TRACE, 0);
            default:
                return new Pace(Kind.RATE, parseRate(text));
        }
    }

    private static double parseRate(final String text) {
        try {
            return Magnitude.parse(text).doubleValue();
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("pace=" + text
                    + " (expected: closed, trace, or faults per second, for instance 200k)", e);
        }
    }

    /**
     * The pace for a workload.
     *
     * @param workload to raise
     * @return its schedule
     */
    public RaiseSchedule schedule(final Workload workload) {
        return switch (kind) {
            case CLOSED -> RaiseSchedules.closedLoop();
            case TRACE -> RaiseSchedules.recorded(workload);
            case RATE -> RaiseSchedules.constantRate(workload, faultsPerSecond);
        };
    }

    @Override
    public String toString() {
        return kind == Kind.RATE ? plain(faultsPerSecond) : kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * A number as people type it.
     *
     * @param number any
     * @return without a fraction where it has none
     */
    public static String plain(final double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? Long.toString((long) number)
                : Double.toString(number);
    }
}
