/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import org.agrona.concurrent.IdleStrategy;
import org.faultring.ring.DisruptorFaultRing;
import org.faultring.ring.FaultSlotFlyweight;

/**
 * Our ring on the Disruptor's sequencers: produced into as {@link org.faultring.ring.FaultRing} says, consumed like the
 * Disruptor's own ring.
 */
final class DisruptorSlotsRing implements BenchRing {

    private final DisruptorFaultRing ring;
    private final Waiting waiting;

    private DisruptorSlotsRing(final DisruptorFaultRing ring, final Waiting waiting) {
        this.ring = ring;
        this.waiting = waiting;
    }

    static DisruptorSlotsRing single(final int capacity, final Waiting waiting) {
        return new DisruptorSlotsRing(DisruptorFaultRing.oneToOne(capacity, waiting.newWaitStrategy()), waiting);
    }

    static DisruptorSlotsRing multi(final int capacity, final Waiting waiting) {
        return new DisruptorSlotsRing(DisruptorFaultRing.manyToOne(capacity, waiting.newWaitStrategy()), waiting);
    }

    @Override
    public int capacity() {
        return ring.capacity();
    }

    @Override
    public Waiting waiting() {
        return waiting;
    }

    @Override
    public FaultProducer newProducer(final IdleStrategy idle) {
        return new StampedRing.Producer(ring, idle);
    }

    @Override
    public FaultConsumer newConsumer(final FaultSink sink) {
        final Consumer consumer = new Consumer(sink);
        ring.addGatingSequences(consumer.read(ring.provider(), ring.newBarrier()));
        return consumer;
    }

    /** Takes slots; padding has to be told apart, since readers see it. */
    static final class Consumer extends ProcessorConsumer<FaultSlotFlyweight> {

        private final FaultSink sink;

        Consumer(final FaultSink sink) {
            this.sink = sink;
        }

        @Override
        void take(final FaultSlotFlyweight slot) {
            if (!slot.isPadding()) {
                StampedRing.words(slot, sink);
            }
        }
    }
}
