/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.ring.queue.ToggleLatch;
import org.junit.jupiter.api.Test;

class WriteOneToClearRegisterTest {

    private final ToggleLatch latch = new ToggleLatch();
    private final WriteOneToClearRegister register = new WriteOneToClearRegister(latch, 0b0111);

    @Test
    void shouldShowWhatHardwareRaised() {
        assertEquals(0, register.read());
        latch.raise(0b0101);
        assertEquals(0b0101, register.read());
        latch.raise(0b0001);
        assertEquals(0b0101, register.read());
    }

    @Test
    void shouldClearTheBitsThatAreWrittenAs1() {
        latch.raise(0b0111);
        register.write(0);
        assertEquals(0b0111, register.read());
        register.write(0b0010);
        assertEquals(0b0101, register.read());
        register.write(0b0010);
        assertEquals(0b0101, register.read());
        register.write(-1);
        assertEquals(0, register.read());
        // Hardware can raise a cleared bit again.
        latch.raise(0b0010);
        assertEquals(0b0010, register.read());
    }

    @Test
    void shouldNotSetABit() {
        register.write(-1);
        assertEquals(0, register.read());
        latch.raise(0b0001);
        assertEquals(0b0001, register.read());
    }

    @Test
    void shouldNotClearABitThatSoftwareMayNotClear() {
        latch.raise(0b1001);
        register.write(-1);
        assertEquals(0b1000, register.read());
    }
}
