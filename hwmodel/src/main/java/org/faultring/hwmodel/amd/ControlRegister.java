/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import org.faultring.hwmodel.iommu.Register;
import org.faultring.ring.PaddedWord;

/**
 * The control register: keeps what software writes, and counts how often each log was switched on. Software switches a
 * log off and on between two duty cycles of the hardware, which must not go unseen. Software writes, any thread reads.
 */
final class ControlRegister implements Register {

    /** What can be switched on, by its lane in the count. */
    enum Switch {
        EVENT_LOG(AmdRegisters.EVENT_LOG_EN),
        COMMAND_BUFFER(AmdRegisters.CMD_BUF_EN),
        PPR_LOG(AmdRegisters.PPR_LOG_EN);

        private final long bit;

        Switch(final long bit) {
            this.bit = bit;
        }

        long bit() {
            return bit;
        }

        private int shift() {
            return ordinal() * LANE_BITS;
        }
    }

    private static final int LANE_BITS = 16;
    private static final long LANE_MASK = (1 << LANE_BITS) - 1;
    private static final Switch[] SWITCHES = Switch.values();

    private final PaddedWord word = new PaddedWord();
    private final PaddedWord timesOn = new PaddedWord();

    @Override
    public long read() {
        // Acquire, paired with the release in write(): what software prepared is seen.
        return word.getAcquire();
    }

    @Override
    public void write(final long value) {
        final long rising = value & ~word.get();
        long counts = timesOn.get();
        for (final Switch each : SWITCHES) {
            if ((rising & each.bit) != 0) {
                final long lane = counts >>> each.shift() & LANE_MASK;
                counts = counts & ~(LANE_MASK << each.shift()) | (lane + 1 & LANE_MASK) << each.shift();
            }
        }
        // Both release, paired with the acquires in timesOn() and read(). The count first: who sees a log switched on
        // sees that it was.
        timesOn.setRelease(counts);
        word.setRelease(value);
    }

    /** Called by hardware after it read the register: how often something was switched on, modulo 2^16. */
    int timesOn(final Switch which) {
        // Acquire, paired with the release in write(): what software did before it switched on is seen.
        return (int) (timesOn.getAcquire() >>> which.shift() & LANE_MASK);
    }
}
