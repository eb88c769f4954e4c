/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.DataProvider;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import org.faultring.ring.DisruptorFaultRing;
import org.faultring.ring.FaultSlotFlyweight;

/** A {@link DisruptorFaultRing} with a reader that does what the Disruptor's own event processors do. */
public final class DisruptorReader {

    private static final int CAPACITY = 16;

    private final DisruptorFaultRing ring;
    private final RingEnds ends;
    private final DataProvider<FaultSlotFlyweight> slots;
    private final SequenceBarrier barrier;
    private final Sequence sequence = new Sequence();

    /**
     * An empty ring and its reader.
     *
     * @param manyProducers which of the Disruptor's sequencers
     */
    public DisruptorReader(final boolean manyProducers) {
        this.ring = manyProducers ? DisruptorFaultRing.manyToOne(CAPACITY) : DisruptorFaultRing.oneToOne(CAPACITY);
        this.ends = new RingEnds(ring, ring);
        this.slots = ring.provider();
        this.barrier = ring.newBarrier();
        ring.addGatingSequences(sequence);
    }

    /**
     * Begin a use.
     *
     * @return this
     */
    public DisruptorReader begin() {
        ends.begin();
        return this;
    }

    /**
     * The producer's end.
     *
     * @return the end
     */
    public RingEnd producer() {
        return ends.first;
    }

    /**
     * Called by the reader: wait until there is something or just claimed, and read what is visible.
     *
     * @return as of {@link RingEnd#poll}
     */
    public int read() {
        final long next = sequence.get() + 1;
        final long available;
        try {
            available = barrier.waitFor(next);
        } catch (final AlertException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
        int digits = 0;
        for (long position = next; position <= available; position++) {
            final FaultSlotFlyweight fault = slots.get(position);
            digits = fault.isPadding() ? digits : digits * 10 + ends.second.digit(fault);
        }
        sequence.set(Math.max(available, sequence.get()));
        return digits;
    }

    /**
     * Called by the arbiter.
     *
     * @return what is left
     */
    public int rest() {
        return sequence.get() + 1 < ring.producerPosition() ? read() : 0;
    }
}
