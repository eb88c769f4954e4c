/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.queue;

import java.nio.ByteBuffer;

import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;

/**
 * The producer and the consumer index register of a {@link HardwareQueue}: 32 bits each, on line pairs of their own,
 * one writer each. Any thread reads.
 */
public final class IndexRegisters {

    private static final int PRODUCER_OFFSET = 0;
    private static final int CONSUMER_OFFSET = PRODUCER_OFFSET + RingMemory.PADDED_BYTES;

    private final ByteBuffer words = RingMemory.allocate(CONSUMER_OFFSET + RingMemory.PADDED_BYTES);

    /** Both registers at 0. */
    public IndexRegisters() {}

    /**
     * Read the producer's register.
     *
     * @return its 32 bits; entries that were written before they are seen in it can be read
     */
    public int producer() {
        // Acquire, paired with the release in writeProducer(): entries are read after the register.
        return LittleEndian.getIntAcquire(words, PRODUCER_OFFSET);
    }

    /**
     * Called by the producer, after it wrote the entries.
     *
     * @param value 32 bits
     */
    public void writeProducer(final int value) {
        // Release, paired with the acquire in producer(): the entries do not move behind the register.
        LittleEndian.putIntRelease(words, PRODUCER_OFFSET, value);
    }

    /**
     * Read the consumer's register.
     *
     * @return its 32 bits; entries that it gives back can be written
     */
    public int consumer() {
        // Acquire, paired with the release in writeConsumer(): the consumer's reads come before our writes.
        return LittleEndian.getIntAcquire(words, CONSUMER_OFFSET);
    }

    /**
     * Called by the consumer, after it read the entries.
     *
     * @param value 32 bits
     */
    public void writeConsumer(final int value) {
        // Release, paired with the acquire in consumer(): our reads of the entries do not move behind the register.
        LittleEndian.putIntRelease(words, CONSUMER_OFFSET, value);
    }
}
