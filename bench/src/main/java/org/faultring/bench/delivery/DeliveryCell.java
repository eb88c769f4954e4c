/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import org.faultring.bench.linux.CpuPlacement;
import org.faultring.ring.Checks;

/**
 * One thing to measure: a design on a ground, at a point of the axes.
 *
 * @param design       key of the design
 * @param ground       on which it runs
 * @param batch        records of one read, and answers of one write, at most
 * @param inFlight     faults raised and not answered, at most
 * @param handlerNanos that the handler takes for each fault
 * @param cores        where raiser and reader run
 */
public record DeliveryCell(String design, Ground ground, int batch, int inFlight, long handlerNanos,
        CpuPlacement cores) {

    private static final int MAX_BATCH = 4096;
    private static final int MAX_IN_FLIGHT = 2048;
    private static final long MAX_HANDLER_NANOS = 1_000_000_000;

    /** Checks the values. */
    public DeliveryCell {
        Checks.range("batch", batch, 1, MAX_BATCH);
        Checks.range("inFlight", inFlight, 1, MAX_IN_FLIGHT);
        Checks.range("handlerNanos", handlerNanos, 0, MAX_HANDLER_NANOS);
    }

    @Override
    public String toString() {
        return design + " on " + ground.key() + ", batch " + batch + ", " + inFlight + " in flight";
    }
}
