/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.calibration;

/**
 * What calls of this kernel cost one thread, host ns.
 *
 * @param emptyCallNanos a call that does next to nothing
 * @param callNanos      a read or a write of a pipe, without its records
 * @param copyNanos      a record of 40 bytes, one way
 * @param eventNanos     a call on an eventfd
 * @param enterNanos     io_uring_enter with one READ that is ready; NaN without io_uring
 * @param hopNanos       what a thread of the kernel adds to that; NaN without io_uring
 */
record CallPrices(double emptyCallNanos, double callNanos, double copyNanos, double eventNanos, double enterNanos,
        double hopNanos) {

    /** A wake-up: half of a round trip, less one way of it: the poll that sleeps, the read and the write. */
    double wakeNanos(final double roundTripNanos) {
        return Math.max(0, roundTripNanos / 2 - 2 * callNanos - emptyCallNanos);
    }
}
