/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import org.faultring.hwmodel.iommu.Register;
import org.faultring.ring.PaddedWord;
import org.faultring.ring.queue.ToggleLatch;

/**
 * The status register: bits that hardware sets and software clears by writing 1, and run bits that only hardware
 * writes. Any thread reads.
 */
final class StatusRegister implements Register {

    private static final int CLEARABLE = AmdRegisters.EVENT_OVERFLOW | AmdRegisters.EVENT_LOG_INT
            | AmdRegisters.COM_WAIT_INT | AmdRegisters.PPR_OVERFLOW | AmdRegisters.PPR_LOG_INT
            | AmdRegisters.PPR_EARLY_OVERFLOW;

    private final ToggleLatch latch = new ToggleLatch();
    private final PaddedWord run = new PaddedWord();

    @Override
    public long read() {
        // Acquire, paired with the release in run(): what hardware did before it stopped is seen.
        return latch.active() | run.getAcquire();
    }

    @Override
    public void write(final long value) {
        latch.acknowledge((int) value & CLEARABLE);
    }

    /** Called by hardware: bits that are set, as far as it can see now. */
    int active() {
        return latch.activeForRaiser();
    }

    /** Called by hardware: set bits; gives those that were not set before. */
    int raise(final int bits) {
        return latch.raise(bits);
    }

    /** Called by hardware: set a run bit. */
    void start(final int bit) {
        // Release, paired with the acquire in read().
        run.setRelease(run.get() | bit);
    }

    /** Called by hardware: clear a run bit. */
    void stop(final int bit) {
        // Release, paired with the acquire in read().
        run.setRelease(run.get() & ~bit);
    }
}
