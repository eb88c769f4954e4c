/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.queue;

import org.faultring.ring.PaddedWord;

/**
 * The producer and the consumer index register of a {@link HardwareQueue}: 32 bits each, on line pairs of their own,
 * one writer each. Any thread reads.
 */
public final class IndexRegisters {

    private final PaddedWord producer = new PaddedWord();
    private final PaddedWord consumer = new PaddedWord();

    /** Both registers at 0. */
    public IndexRegisters() {}

    /**
     * Read the producer's register.
     *
     * @return its 32 bits; entries that were written before they are seen in it can be read
     */
    public int producer() {
        // Acquire, paired with the release in writeProducer(): entries are read after the register.
        return (int) producer.getAcquire();
    }

    /**
     * Called by the producer, after it wrote the entries.
     *
     * @param value 32 bits
     */
    public void writeProducer(final int value) {
        // Release, paired with the acquire in producer(): the entries do not move behind the register.
        producer.setRelease(value);
    }

    /**
     * Read the consumer's register.
     *
     * @return its 32 bits; entries that it gives back can be written
     */
    public int consumer() {
        // Acquire, paired with the release in writeConsumer(): the consumer's reads come before our writes.
        return (int) consumer.getAcquire();
    }

    /**
     * Called by the consumer, after it read the entries.
     *
     * @param value 32 bits
     */
    public void writeConsumer(final int value) {
        // Release, paired with the acquire in consumer(): our reads of the entries do not move behind the register.
        consumer.setRelease(value);
    }
}
