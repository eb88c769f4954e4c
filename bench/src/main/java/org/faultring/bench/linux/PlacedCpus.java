/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.util.BitSet;

import org.faultring.ring.file.Errno;

/**
 * Two threads placed on processors of this machine. Open it before they start, let each bind itself, close it when they
 * have ended.
 */
public final class PlacedCpus implements AutoCloseable {

    private final CpuPlacement placement;
    private final int producer;
    private final int handler;
    private final IdleSpinner spinner;

    /**
     * Chooses processors that the calling thread may run on, the lowest ones.
     *
     * @param placement of the two threads
     * @throws IllegalStateException if there is one processor alone and two are wanted
     * @throws SyscallException      if the processor cannot be kept awake
     */
    public PlacedCpus(final CpuPlacement placement) {
        this.placement = placement;
        final BitSet allowed = new SchedulerCalls().affinity();
        producer = allowed.nextSetBit(0);
        final int next = allowed.nextSetBit(producer + 1);
        if (next < 0 && placement != CpuPlacement.SAME) {
            throw new IllegalStateException("placement=" + placement
                    + " (expected: SAME, this process may use one processor alone: widen its affinity)");
        }
        handler = placement == CpuPlacement.SAME ? producer : next;
        spinner = placement == CpuPlacement.AWAKE ? new IdleSpinner(handler) : null;
    }

    /**
     * How they are placed.
     *
     * @return the placement
     */
    public CpuPlacement placement() {
        return placement;
    }

    /**
     * Processor of the thread that raises faults.
     *
     * @return its number
     */
    public int producer() {
        return producer;
    }

    /**
     * Processor of the thread that handles them.
     *
     * @return its number
     */
    public int handler() {
        return handler;
    }

    /** Called by the thread that raises faults. */
    public void bindProducer() {
        bind(producer);
    }

    /** Called by the thread that handles them. */
    public void bindHandler() {
        bind(handler);
    }

    /** Let the calling thread run on one processor alone. */
    static void bind(final int processor) {
        final BitSet one = new BitSet();
        one.set(processor);
        final int result = new SchedulerCalls().setAffinity(one);
        if (result == -Errno.EINVAL) {
            throw new IllegalStateException("processor " + processor + " is not one this process may use (EINVAL)");
        }
        SyscallException.check("sched_setaffinity", result);
    }

    /** Ends what keeps the processor awake. May be called twice. */
    @Override
    public void close() {
        if (spinner != null) {
            spinner.close();
        }
    }
}
