/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.RegisterFile;

/**
 * The driver's side of a queue that hardware fills ({@code struct arm_smmu_queue} and {@code queue_*}, arm-smmu-v3.c):
 * shadows of both index registers, which a driver compares and updates step by step.
 *
 * <p>Kernel world; allocates nothing after {@link #start()}.
 */
final class QueueReader {

    private final Register producerRegister;
    private final Register consumerRegister;
    private final DmaMemory memory;
    private final ByteBuffer bytes;
    private final int entryBytes;
    private final int entries;
    private final int indexMask;

    private int queueOffset;
    private int producer;
    private int consumer;

    QueueReader(final RegisterFile registers, final int producerOffset, final int consumerOffset,
            final DmaMemory memory, final int entryBytes, final int log2Size) {
        this.producerRegister = registers.register(producerOffset);
        this.consumerRegister = registers.register(consumerOffset);
        this.memory = memory;
        this.bytes = memory.buffer();
        this.entryBytes = entryBytes;
        this.entries = 1 << log2Size;
        this.indexMask = 2 * entries - 1;
    }

    /** Take memory for the queue and reset its indexes; the value for its base register. */
    long start() {
        final int lengthBytes = entries * entryBytes;
        final long address = memory.allocate(lengthBytes, Math.max(lengthBytes, 32));
        queueOffset = memory.offset(address, lengthBytes);
        producerRegister.write(0);
        consumerRegister.write(0);
        return address | Integer.numberOfTrailingZeros(entries);
    }

    int entries() {
        return entries;
    }

    ByteBuffer memory() {
        return bytes;
    }

    /** Entries between the shadows. */
    int available() {
        return producer - consumer & indexMask;
    }

    /** Place of the entry at the shadow of CONS. */
    int entryOffset() {
        return queueOffset + (consumer & entries - 1) * entryBytes;
    }

    /** Go on by one entry; CONS stays. */
    void skip() {
        consumer = consumer + 1 & indexMask | consumer & Smmuv3Registers.OVFLG;
    }

    /** Write CONS, with the acknowledgement as it was. */
    void writeConsumer() {
        consumerRegister.write(consumer & 0xFFFFFFFFL);
    }

    /** Look at PROD; whether the overflow flag is another than the last time. */
    boolean readProducer() {
        final int before = producer;
        producer = (int) producerRegister.read();
        return ((producer ^ before) & Smmuv3Registers.OVFLG) != 0;
    }

    /** Whether the overflow that the shadow of PROD shows has not been acknowledged. */
    boolean inOverflow() {
        return ((producer ^ consumer) & Smmuv3Registers.OVFLG) != 0;
    }

    /** Make the shadow of CONS acknowledge the overflow. */
    void acknowledge() {
        consumer = consumer & indexMask | producer & Smmuv3Registers.OVFLG;
    }

    /** Entries that were taken and not given back. */
    int taken() {
        return consumer - (int) consumerRegister.read() & indexMask;
    }

    /** Entries in the queue now, by the registers. */
    int queued() {
        return (int) producerRegister.read() - (int) consumerRegister.read() & indexMask;
    }
}
