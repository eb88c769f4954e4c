/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.calibration;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.faultring.bench.linux.CpuPlacement;
import org.faultring.hwmodel.sim.Cost;

/**
 * A cost profile of this host. Prices of system calls, copies, wake-ups and hops are measured; what only a kernel or
 * hardware does (grouping, registers, interrupts) no program can measure, and costs 1 ns, which is said.
 *
 * @param nanos    price of every cost, whole ns, at least 1
 * @param measured how each measured price came about, by the key of its cost
 * @param wakes    from the event to the first instruction of whoever waited, ns, in each placement
 * @param laws     of those prices whose spread was measured, by price, as a profile has them
 */
public record Calibration(Map<Cost, Long> nanos, Map<String, String> measured, Map<CpuPlacement, Double> wakes,
        Map<Cost, Map<String, Object>> laws) {

    /**
     * Put together what was measured.
     *
     * @param calls  prices of system calls and copies
     * @param wakes  by placement, ns; empty where there is one processor alone
     * @param chosen placement whose wake-up is the profile's
     * @param laws   how prices spread, of those that are known so closely
     * @return the profile
     */
    static Calibration of(final CallPrices calls, final Map<CpuPlacement, Double> wakes, final CpuPlacement chosen,
            final Map<Cost, Map<String, Object>> laws) {
        final Map<Cost, Long> nanos = new EnumMap<>(Cost.class);
        for (final Cost cost : Cost.values()) {
            nanos.put(cost, 1L);
        }
        final Map<String, String> measured = new LinkedHashMap<>();
        put(nanos, measured, Cost.READ, calls.callNanos(), "read of a pipe, without its records");
        put(nanos, measured, Cost.WRITE, calls.callNanos(), "write of a pipe, without its records");
        put(nanos, measured, Cost.COPY, calls.copyNanos(), "a further record of 40 bytes through a pipe, one way");
        put(nanos, measured, Cost.EVENT_READ, calls.eventNanos(), "half of raising and taking an eventfd");
        put(nanos, measured, Cost.SLEEP, calls.emptyCallNanos(), "a call that does next to nothing: getppid");
        if (!Double.isNaN(calls.enterNanos())) {
            put(nanos, measured, Cost.ENTER, calls.enterNanos(), "io_uring_enter with one READ that is ready");
            put(nanos, measured, Cost.HOP, calls.hopNanos(), "the same READ with IOSQE_ASYNC, less that");
        }
        if (wakes.containsKey(chosen)) {
            put(nanos, measured, Cost.WAKE, wakes.get(chosen),
                    "half a round trip of one fault through a pipe, less its calls; placement " + chosen.key());
        }
        return new Calibration(nanos, measured, wakes, laws);
    }

    private static void put(final Map<Cost, Long> nanos, final Map<String, String> measured, final Cost cost,
            final double price, final String how) {
        nanos.put(cost, Math.max(1, Math.round(price)));
        measured.put(cost.key(), how);
    }
}
