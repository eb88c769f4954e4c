/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.ConsumerIndexRegister;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.StoredRegister;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.queue.FullRule;
import org.faultring.ring.queue.HardwareQueue;
import org.faultring.ring.queue.IndexFormat;
import org.faultring.ring.queue.IndexRegisters;
import org.faultring.ring.queue.ToggleLatch;

/**
 * What the event queue and the PRI queue have in common: hardware writes entries, all of them usable; the overflow flag
 * is in PROD, its acknowledgement in CONS; the interrupt says that the queue has stopped being empty (Arm IHI 0070,
 * queues). When an entry is written, held or lost is for the owner to say.
 *
 * <p>Hardware world, but for the registers; allocates nothing once the queue is enabled.
 */
final class OutputQueue {

    /** What an index register keeps. */
    private static final int INDEX_BITS = Smmuv3Registers.OVFLG | 0xF_FFFF;

    private final DmaMemory memory;
    private final Smmuv3Interrupts interrupts;
    private final InterruptLine line;
    private final int enableBit;
    private final Tally tally;
    private final int entryBytes;
    private final int maxLog2Size;
    private final IndexRegisters indexes = new IndexRegisters();
    private final StoredRegister base = new StoredRegister(
            Smmuv3Registers.BASE_HINT | Smmuv3Registers.BASE_ADDRESS_MASK | Smmuv3Registers.LOG2SIZE_MASK);

    /** Null while the queue is not enabled, or not in memory that can be reached. */
    private HardwareQueue queue;
    private boolean enabled;
    /** The same for software. */
    private volatile boolean visiblyEnabled;
    private int overflowFlag;
    private int indexMask;
    /** Index of the next entry, as PROD has it. */
    private int next;
    /** CONS when it was looked at last, once for each entry. */
    private int consumer;
    /** Entries published in this duty cycle, from the first one without an interrupt on: may be more than fit. */
    private int unannounced;
    /** The queue went into overflow in this duty cycle. */
    private boolean newOverflow;

    OutputQueue(final DmaMemory memory, final RegisterFile registers, final int baseOffset, final int producerOffset,
            final int consumerOffset, final int entryBytes, final int maxLog2Size, final Smmuv3Interrupts interrupts,
            final InterruptLine line, final int enableBit, final Tally tally) {
        this.memory = memory;
        this.interrupts = interrupts;
        this.line = line;
        this.enableBit = enableBit;
        this.tally = tally;
        this.entryBytes = entryBytes;
        this.maxLog2Size = maxLog2Size;
        registers.define64(baseOffset, base);
        registers.define32(producerOffset, new Producer());
        registers.define32(consumerOffset, new ConsumerIndexRegister(indexes, INDEX_BITS));
    }

    /** CR0 enables the queue: look at what software set up. */
    void enable() {
        final long written = base.read();
        final int log2Size = (int) Math.min(written & Smmuv3Registers.LOG2SIZE_MASK, maxLog2Size);
        final int entries = 1 << log2Size;
        indexMask = 2 * entries - 1;
        final int offset = memory.offset(written & Smmuv3Registers.BASE_ADDRESS_MASK, entries * entryBytes);
        queue = offset == DmaMemory.UNREACHABLE ? null
                : HardwareQueue.producer(indexes, memory.buffer(), offset, entries, entryBytes, FullRule.WRAP_BIT,
                        IndexFormat.ENTRY_NUMBER_AND_STATUS);
        overflowFlag = indexes.producer() & Smmuv3Registers.OVFLG;
        next = indexes.producer() & indexMask;
        unannounced = 0;
        newOverflow = false;
        enabled = true;
        visiblyEnabled = true;
    }

    /** CR0 disables the queue; its registers keep what they have. */
    void disable() {
        enabled = false;
        visiblyEnabled = false;
        queue = null;
    }

    boolean isEnabled() {
        return enabled;
    }

    /** Whether writes reach memory; the queue is enabled. */
    boolean isReachable() {
        return queue != null;
    }

    /** Look at CONS, once before each entry. */
    void lookAtConsumer() {
        consumer = indexes.consumer();
    }

    /** Whether, at the last look, the overflow had not been acknowledged. */
    boolean inOverflow() {
        return ((consumer ^ overflowFlag) & Smmuv3Registers.OVFLG) != 0;
    }

    /** Go into overflow. */
    void overflow() {
        overflowFlag ^= Smmuv3Registers.OVFLG;
        queue.writeProducerStatus(overflowFlag);
        newOverflow = true;
    }

    /** The next entry to write, or {@link HardwareQueue#FULL}; the queue is reachable. */
    int tryClaim() {
        return queue.tryClaim();
    }

    ByteBuffer memory() {
        return queue.memory();
    }

    /** Whether software has taken everything. */
    boolean isDrained() {
        return queue.isDrained();
    }

    /** Publish the claimed entry, after {@link #lookAtConsumer()}. */
    void publish() {
        final boolean wasDrained = (consumer - next & indexMask) == 0;
        publishQuietly();
        if (wasDrained) {
            interrupt();
        }
        if (!wasDrained || unannounced > 0) {
            unannounced++;
        }
    }

    /** Publish the claimed entry, whose interrupt follows another rule. */
    void publishQuietly() {
        next = next + 1 & indexMask;
        queue.publish();
    }

    void interrupt() {
        if (interrupts.isEnabled(enableBit)) {
            tally.increment(Counter.INTERRUPTS);
            line.raise();
        }
    }

    /**
     * Look again at what was not announced, with a fence between, see {@link ToggleLatch}: software may have given all
     * entries back that it saw while more came in, and found the queue empty before they were there. Then no more are
     * left than those. In the same way it may have found neither an entry nor the overflow, when that came while it
     * gave the last ones back; nothing more is written then that would tell it. One fence for a whole duty cycle; an
     * interrupt too many does no harm.
     */
    void endCycle() {
        if ((unannounced > 0 || newOverflow) && queue != null) {
            lookAgain();
        }
    }

    private void lookAgain() {
        final int published = unannounced;
        final boolean overflowed = newOverflow;
        unannounced = 0;
        newOverflow = false;
        ToggleLatch.fence();
        lookAtConsumer();
        final int left = next - consumer & indexMask;
        if (left > 0 && left <= published || left == 0 && overflowed && inOverflow()) {
            interrupt();
        }
    }

    /** PROD: hardware's, but software sets it while the queue is not enabled. */
    private final class Producer implements Register {

        @Override
        public long read() {
            return indexes.producer() & 0xFFFFFFFFL;
        }

        @Override
        public void write(final long value) {
            if (!visiblyEnabled) {
                indexes.writeProducer((int) value & INDEX_BITS);
            }
        }
    }
}
