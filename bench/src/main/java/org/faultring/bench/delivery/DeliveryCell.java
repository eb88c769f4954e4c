/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import org.faultring.bench.linux.CpuPlacement;
import org.faultring.bench.load.Pace;
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
 * @param pace         when faults are raised
 * @param copy         0, or the number of a further run of the same, in a JVM of its own, that is judged by the first
 */
public record DeliveryCell(String design, Ground ground, int batch, int inFlight, long handlerNanos,
        CpuPlacement cores, Pace pace, int copy) {

    private static final int MAX_BATCH = 4096;
    private static final int MAX_IN_FLIGHT = 2048;
    private static final long MAX_HANDLER_NANOS = 1_000_000_000;

    /** Checks the values. */
    public DeliveryCell {
        Checks.range("batch", batch, 1, MAX_BATCH);
        Checks.range("inFlight", inFlight, 1, MAX_IN_FLIGHT);
        Checks.range("handlerNanos", handlerNanos, 0, MAX_HANDLER_NANOS);
        Checks.range("copy", copy, 0, 1);
    }

    /**
     * A cell in closed loop.
     *
     * @param design       key of the design
     * @param ground       on which it runs
     * @param batch        records of one read, and answers of one write, at most
     * @param inFlight     faults raised and not answered, at most
     * @param handlerNanos that the handler takes for each fault
     * @param cores        where raiser and reader run
     */
    public DeliveryCell(final String design, final Ground ground, final int batch, final int inFlight,
            final long handlerNanos, final CpuPlacement cores) {
        this(design, ground, batch, inFlight, handlerNanos, cores, Pace.CLOSED, 0);
    }

    /**
     * The same at another pace.
     *
     * @param newPace when faults are raised
     * @return a new cell
     */
    public DeliveryCell withPace(final Pace newPace) {
        return new DeliveryCell(design, ground, batch, inFlight, handlerNanos, cores, newPace, copy);
    }

    /**
     * A further run of the same.
     *
     * @param newCopy its number, from 1
     * @return a new cell
     */
    public DeliveryCell withCopy(final int newCopy) {
        return new DeliveryCell(design, ground, batch, inFlight, handlerNanos, cores, pace, newCopy);
    }

    /**
     * The design, and which run of it.
     *
     * @return a name for tables
     */
    public String name() {
        return copy == 0 ? design : design + " (again)";
    }

    @Override
    public String toString() {
        return name() + " on " + ground.key() + ", batch " + batch + ", " + inFlight + " in flight"
                + (pace.isOpenLoop() ? ", pace " + pace : "");
    }
}
