/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import java.util.SplittableRandom;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.faultring.hwmodel.sim.Arrivals;
import org.faultring.hwmodel.sim.DrawnTime;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;

/**
 * When faults are raised. In closed loop as credits allow; all others are open loop: moments are fixed before the run,
 * whatever becomes of the faults before, and a fault that is raised late is timed from its moment.
 *
 * @param kind                which
 * @param faultsPerSecond     on average; 0 for closed and trace
 * @param burst               groups that arrive in a row; 1 but for bursts
 * @param peakFaultsPerSecond within a burst, 0 for all at once
 * @param speed               of the trace against its recording; 1 for all others
 */
public record Pace(Kind kind, double faultsPerSecond, int burst, double peakFaultsPerSecond, double speed) {

    /** As soon as there is credit. */
    public static final Pace CLOSED = new Pace(Kind.CLOSED, 0, 1, 0, 1);

    /** What is expected of a text. */
    static final String EXPECTED = " (expected: closed, trace or trace:SPEED, faults per second, for instance 200k, "
            + "poisson:RATE, or bursts:GROUPS:RATE or bursts:GROUPS:RATE:PEAK)";

    private static final double MAX_RATE = 1e9;
    private static final int MAX_BURST = 1 << 16;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double TIMED_GROUPS_PER_SECOND = 200_000;

    /** The kinds of pace. */
    public enum Kind {
        /** As soon as there is credit. */
        CLOSED,
        /** At the recorded times. */
        TRACE,
        /** At a constant rate. */
        RATE,
        /** Arrivals without memory. */
        POISSON,
        /** Some in a row, then none for a time without memory. */
        BURSTS
    }

    /** Checks the values. */
    public Pace {
        if (kind == Kind.CLOSED || kind == Kind.TRACE) {
            if (!(speed >= 1e-3 && speed <= 1e6)) {
                throw new IllegalArgumentException(
                        "pace=trace:" + plain(speed) + " (expected: a speed of 0.001 to 1000000)");
            }
        } else if (!(faultsPerSecond > 0 && faultsPerSecond <= MAX_RATE)) {
            throw new IllegalArgumentException("pace=" + plain(faultsPerSecond)
                    + " (expected: faults per second above 0 and up to 1000000000)");
        }
        if (burst < 1 || burst > MAX_BURST) {
            throw new IllegalArgumentException("pace=bursts:" + burst + " (expected: 1.." + MAX_BURST + " groups)");
        }
        if (peakFaultsPerSecond != 0 && !(peakFaultsPerSecond >= faultsPerSecond && peakFaultsPerSecond <= MAX_RATE)) {
            throw new IllegalArgumentException("pace=bursts:" + burst + ":" + plain(faultsPerSecond) + ":"
                    + plain(peakFaultsPerSecond) + " (expected: a peak from the rate up to 1000000000)");
        }
    }

    /**
     * Pace from its name.
     *
     * @param text closed, trace, trace:SPEED, a number of faults per second, which may end in k or M, poisson:RATE,
     *             bursts:GROUPS:RATE or bursts:GROUPS:RATE:PEAK
     * @return the pace
     * @throws IllegalArgumentException for anything else
     */
    @JsonCreator
    public static Pace parse(final String text) {
        final String[] parts = text.split(":", -1);
        try {
            return switch (parts[0] + "/" + parts.length) {
                case "closed/1" -> CLOSED;
                case "trace/1" -> new Pace(Kind.TRACE, 0, 1, 0, 1);
                case "trace/2" -> new Pace(Kind.TRACE, 0, 1, 0, number(parts[1]));
                case "poisson/2" -> new Pace(Kind.POISSON, number(parts[1]), 1, 0, 1);
                case "bursts/3" -> new Pace(Kind.BURSTS, number(parts[2]), Integer.parseInt(parts[1]), 0, 1);
                case "bursts/4" -> new Pace(Kind.BURSTS, number(parts[2]), Integer.parseInt(parts[1]), peak(parts[3]),
                        1);
                default -> atRate(number(text));
            };
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("pace=" + text + EXPECTED, e);
        }
    }

    /**
     * A constant rate.
     *
     * @param faultsPerSecond above 0, at most 10^9
     * @return the pace
     */
    public static Pace atRate(final double faultsPerSecond) {
        return new Pace(Kind.RATE, faultsPerSecond, 1, 0, 1);
    }

    private static double number(final String text) {
        return Magnitude.parse(text).doubleValue();
    }

    private static double peak(final String text) {
        final double peak = number(text);
        // Without a peak is another text.
        return peak == 0 ? -1 : peak;
    }

    /**
     * The same kind of arrivals at another rate.
     *
     * @param newFaultsPerSecond on average; the peak of bursts is as far above it as before
     * @return the pace
     * @throws IllegalStateException for a pace that has no rate
     */
    public Pace withRate(final double newFaultsPerSecond) {
        if (!hasRate()) {
            throw new IllegalStateException("pace=" + this + " (expected: one with a rate)");
        }
        return new Pace(kind, newFaultsPerSecond, burst,
                Math.min(MAX_RATE, peakFaultsPerSecond / faultsPerSecond * newFaultsPerSecond), 1);
    }

    /**
     * Whether moments are fixed before the run.
     *
     * @return false in closed loop
     */
    public boolean isOpenLoop() {
        return kind != Kind.CLOSED;
    }

    /**
     * Whether it says how many faults a second there are.
     *
     * @return false for closed and trace
     */
    public boolean hasRate() {
        return faultsPerSecond > 0;
    }

    /**
     * How often to time a group in open loop, so that timing does not become the load.
     *
     * @param workload to raise
     * @return one group in so many, 1 up to 200,000 groups a second
     */
    public int sampleEvery(final Workload workload) {
        return (int) Math.max(1,
                Math.ceil(faultsPerSecond * workload.groups() / workload.faults() / TIMED_GROUPS_PER_SECOND));
    }

    /**
     * The pace for a workload.
     *
     * @param workload to raise
     * @param seed     of what is drawn; another one for each device
     * @return its schedule, for one device alone
     */
    public RaiseSchedule schedule(final Workload workload, final long seed) {
        return switch (kind) {
            case CLOSED -> RaiseSchedules.closedLoop();
            case TRACE -> RaiseSchedules.recorded(workload, speed);
            case RATE -> RaiseSchedules.constantRate(workload, faultsPerSecond);
            case POISSON, BURSTS -> arrivals(workload, seed);
        };
    }

    private RaiseSchedule arrivals(final Workload workload, final long seed) {
        final double nanosPerGroup = NANOS_PER_SECOND * workload.faults() / workload.groups() / faultsPerSecond;
        final double spacingNanos =
                peakFaultsPerSecond == 0 ? 0 : nanosPerGroup * faultsPerSecond / peakFaultsPerSecond;
        return new Arrivals(DrawnTime.exponential(nanosPerGroup * burst), burst, spacingNanos,
                new SplittableRandom(seed));
    }

    @Override
    @JsonValue
    public String toString() {
        return switch (kind) {
            case CLOSED -> "closed";
            case TRACE -> speed == 1 ? "trace" : "trace:" + plain(speed);
            case RATE -> plain(faultsPerSecond);
            case POISSON -> "poisson:" + plain(faultsPerSecond);
            case BURSTS -> "bursts:" + burst + ":" + plain(faultsPerSecond)
                    + (peakFaultsPerSecond == 0 ? "" : ":" + plain(peakFaultsPerSecond));
        };
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
