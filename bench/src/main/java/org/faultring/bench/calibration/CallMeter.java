/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.calibration;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

import org.faultring.bench.linux.CallCost;
import org.faultring.bench.linux.EventFd;
import org.faultring.bench.linux.IoUringAvailability;
import org.faultring.bench.linux.IoUringSettings;
import org.faultring.bench.statistics.MedianEstimate;
import org.faultring.ring.file.IoRing;

/** Measures {@link CallPrices} on the calling thread: medians of repeated loops. */
final class CallMeter {

    private static final int REPEATS = 9;
    private static final int LOOPS = 4_000;
    private static final int HOPS = 300;
    private static final int RECORDS = 64;

    private CallMeter() {}

    static CallPrices measure() {
        final double empty = median(() -> new CallCost().nanosPerCall(LOOPS));
        final double one = median(() -> pipe(1));
        final double many = median(() -> pipe(RECORDS));
        // A burst is a write and a read of records, and a write and a read of answers, a fifth of a record each.
        final double copy = Math.max(0, (many - one) / (RECORDS - 1) / 2.4);
        final double call = Math.max(empty, (one - 2.4 * copy) / 4);
        final double event = median(CallMeter::event);
        if (!IoUringAvailability.find(IoUringSettings.DEFAULT).isAvailable()) {
            return new CallPrices(empty, call, copy, event, Double.NaN, Double.NaN);
        }
        final double enter = median(() -> ring(0, LOOPS));
        final double hop = median(() -> ring(IoRing.ASYNC, HOPS)) - enter;
        // The loop raises a fault and takes its answer besides: three calls, and the copies of both.
        return new CallPrices(empty, call, copy, event, Math.max(empty, enter - 3 * call - 2.4 * copy),
                Math.max(0, hop));
    }

    private static double median(final DoubleSupplier measurement) {
        measurement.getAsDouble();
        final double[] values = new double[REPEATS];
        Arrays.setAll(values, i -> measurement.getAsDouble());
        return MedianEstimate.median(values);
    }

    /** A burst of faults raised, read, answered and taken, all by this thread. */
    private static double pipe(final int records) {
        try (PipeTurn turn = new PipeTurn(records)) {
            final int loops = LOOPS / records + 100;
            final long before = System.nanoTime();
            for (int i = 0; i < loops; i++) {
                turn.raise();
                turn.read();
                turn.answer();
                turn.collect();
            }
            return (double) (System.nanoTime() - before) / loops;
        }
    }

    private static double event() {
        try (EventFd events = new EventFd()) {
            final long before = System.nanoTime();
            for (int i = 0; i < LOOPS; i++) {
                events.raise();
                events.take();
            }
            return (double) (System.nanoTime() - before) / LOOPS / 2;
        }
    }

    /** A fault raised, read through a ring, answered and taken. */
    private static double ring(final int flags, final int loops) {
        try (RingTurn turn = new RingTurn()) {
            final long before = System.nanoTime();
            for (int i = 0; i < loops; i++) {
                turn.raise(flags);
                turn.enter();
                turn.answer();
            }
            return (double) (System.nanoTime() - before) / loops;
        }
    }
}
