/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import org.faultring.ring.queue.IndexRegisters;

/**
 * The producer's index register of a queue that software fills: it reads back as written. Software writes, any thread
 * reads.
 */
public final class ProducerIndexRegister implements Register {

    private final IndexRegisters indexes;
    private int writableBits;

    /**
     * A register of a queue.
     *
     * @param indexes      of the queue
     * @param writableBits bits that keep what is written
     */
    public ProducerIndexRegister(final IndexRegisters indexes, final int writableBits) {
        this.indexes = indexes;
        this.writableBits = writableBits;
    }

    /**
     * Called by software, which gave the queue another size.
     *
     * @param bits that keep what is written from now on
     */
    public void writableBits(final int bits) {
        writableBits = bits;
    }

    @Override
    public long read() {
        return indexes.producer() & 0xFFFFFFFFL;
    }

    @Override
    public void write(final long value) {
        indexes.writeProducer((int) value & writableBits);
    }
}
