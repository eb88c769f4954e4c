/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.queue.HardwareQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only two threads can bring about, step by step: software acts between hardware's look at CONS and its write. */
class OutputQueueTest {

    private final RegisterFile registers = new RegisterFile(Smmuv3Registers.LENGTH_BYTES);
    private final DmaMemory memory = new DmaMemory(1 << 12);
    private final Smmuv3Interrupts interrupts = new Smmuv3Interrupts(registers);
    private final OutputQueue queue = new OutputQueue(memory, registers, Smmuv3Registers.PRIQ_BASE,
            Smmuv3Registers.PRIQ_PROD, Smmuv3Registers.PRIQ_CONS, PriQueueEntry.LENGTH_BYTES, 19, interrupts,
            interrupts.pageRequests(), Smmuv3Registers.IRQ_PRIQ, new Counters().tally());

    /** A queue of two entries, which is full, its interrupt taken. */
    @BeforeEach
    void fill() {
        registers.write64(Smmuv3Registers.PRIQ_BASE, memory.allocate(32, 32) | 1);
        registers.write32(Smmuv3Registers.IRQ_CTRL, Smmuv3Registers.IRQ_PRIQ);
        interrupts.applyWrites();
        queue.enable();
        for (int i = 0; i < 2; i++) {
            queue.lookAtConsumer();
            queue.tryClaim();
            queue.publish();
        }
        queue.endCycle();
        assertTrue(interrupts.pageRequests().take());
        assertEquals(HardwareQueue.FULL, queue.tryClaim());
    }

    @Test
    void shouldInterruptForAnOverflowThatSoftwareDidNotSeeWhenItEmptiedTheQueue() {
        registers.write32(Smmuv3Registers.PRIQ_CONS, 2);
        assertEquals(2, registers.read32(Smmuv3Registers.PRIQ_PROD));
        queue.overflow();
        assertFalse(interrupts.pageRequests().take());
        queue.endCycle();
        assertTrue(interrupts.pageRequests().take());
        queue.endCycle();
        assertFalse(interrupts.pageRequests().take());
    }

    /** One duty cycle can see more entries come and go than the queue holds, and more than its indexes tell apart. */
    @Test
    void shouldInterruptForWhatSoftwareDidNotSeeHoweverMuchCameBefore() {
        for (int published = 1; published <= 20; published++) {
            for (int i = 0; i < published; i++) {
                final int producer = registers.read32(Smmuv3Registers.PRIQ_PROD);
                registers.write32(Smmuv3Registers.PRIQ_CONS, producer - 1 & 3);
                queue.lookAtConsumer();
                queue.tryClaim();
                queue.publish();
            }
            final int producer = registers.read32(Smmuv3Registers.PRIQ_PROD);
            registers.write32(Smmuv3Registers.PRIQ_CONS, producer - 1 & 3);
            assertFalse(interrupts.pageRequests().take());
            queue.endCycle();
            assertTrue(interrupts.pageRequests().take(), "published=" + published);
        }
    }

    @Test
    void shouldLeaveAnOverflowToTheDrainThatIsUnderWay() {
        queue.overflow();
        registers.write32(Smmuv3Registers.PRIQ_CONS, 1);
        queue.endCycle();
        assertFalse(interrupts.pageRequests().take());
    }

    @Test
    void shouldNotInterruptForAnOverflowThatWasAcknowledged() {
        queue.overflow();
        registers.write32(Smmuv3Registers.PRIQ_CONS, Smmuv3Registers.OVFLG | 2);
        queue.endCycle();
        assertFalse(interrupts.pageRequests().take());
    }
}
