/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.calibration;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntSupplier;

import org.HdrHistogram.Histogram;
import org.faultring.bench.linux.CallCost;
import org.faultring.bench.linux.EventFd;
import org.faultring.bench.load.TimingCostMeter;
import org.faultring.hwmodel.sim.Cost;
import org.faultring.ring.file.IoRing;

/**
 * Single calls, each with the clock read before and after it, for how they spread: {@link CallMeter} says what they
 * cost in a row, without a clock between them. What the clock itself takes is taken off.
 */
final class CallTimes {

    private static final int CALLS = 20_000;
    private static final int HOPS = 2_000;

    private final Map<Cost, Histogram> times = new EnumMap<>(Cost.class);
    private final CallPrices prices;
    private final long clockNanos;

    private CallTimes(final CallPrices prices) {
        this.prices = prices;
        TimingCostMeter.clockNanos();
        clockNanos = Math.round(TimingCostMeter.clockNanos());
    }

    /**
     * Time them.
     *
     * @param prices of the same calls in a row
     * @return host ns by price, of those that can be told apart
     */
    static Map<Cost, Histogram> measure(final CallPrices prices) {
        final CallTimes all = new CallTimes(prices);
        all.pipe();
        all.event();
        all.empty();
        if (!Double.isNaN(prices.enterNanos())) {
            all.ring(Cost.ENTER, 0, CALLS, 0);
            all.ring(Cost.HOP, IoRing.ASYNC, HOPS, prices.enterNanos());
        }
        return all.times;
    }

    /** Once without recording, for what is not compiled yet, then for good; {@code less} is of another price. */
    private void time(final Cost cost, final int calls, final double less, final Runnable before,
            final IntSupplier call, final Runnable after) {
        final Histogram spread = new Histogram(3);
        for (int i = -calls; i < calls; i++) {
            before.run();
            final long start = System.nanoTime();
            call.getAsInt();
            final long nanos = System.nanoTime() - start;
            after.run();
            if (i >= 0) {
                spread.recordValue(Math.max(1, nanos - clockNanos - Math.round(less)));
            }
        }
        times.put(cost, spread);
    }

    private void pipe() {
        try (PipeTurn turn = new PipeTurn(1)) {
            time(Cost.READ, CALLS, prices.copyNanos(), turn::raise, turn::read, () -> {
                turn.answer();
                turn.collect();
            });
            time(Cost.WRITE, CALLS, 0, () -> {
                turn.raise();
                turn.read();
            }, turn::answer, turn::collect);
        }
    }

    private void event() {
        try (EventFd events = new EventFd()) {
            time(Cost.EVENT_READ, CALLS, 0, events::raise, () -> (int) events.take(), () -> {
            });
        }
    }

    private void empty() {
        final CallCost cost = new CallCost();
        time(Cost.SLEEP, CALLS, 0, () -> {
        }, () -> (int) cost.nanosPerCall(1), () -> {
        });
    }

    private void ring(final Cost cost, final int flags, final int calls, final double less) {
        try (RingTurn turn = new RingTurn()) {
            time(cost, calls, less, () -> turn.raise(flags), turn::enter, turn::answer);
        }
    }
}
