/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import com.lmax.disruptor.RingBuffer;
import org.agrona.concurrent.IdleStrategy;

/** The Disruptor's own ring with preallocated events; its consumer is an unchanged processor. */
final class DisruptorRing implements BenchRing {

    private final RingBuffer<FaultEvent> ring;
    private final Waiting waiting;

    private DisruptorRing(final RingBuffer<FaultEvent> ring, final Waiting waiting) {
        this.ring = ring;
        this.waiting = waiting;
    }

    static DisruptorRing single(final int capacity, final Waiting waiting) {
        return new DisruptorRing(
                RingBuffer.createSingleProducer(FaultEvent::new, capacity, waiting.newWaitStrategy()), waiting);
    }

    static DisruptorRing multi(final int capacity, final Waiting waiting) {
        return new DisruptorRing(
                RingBuffer.createMultiProducer(FaultEvent::new, capacity, waiting.newWaitStrategy()), waiting);
    }

    @Override
    public int capacity() {
        return ring.getBufferSize();
    }

    @Override
    public Waiting waiting() {
        return waiting;
    }

    @Override
    public FaultProducer newProducer(final IdleStrategy idle) {
        return new Producer(ring, idle);
    }

    @Override
    public FaultConsumer newConsumer(final FaultSink sink) {
        final Consumer consumer = new Consumer(sink);
        ring.addGatingSequences(consumer.read(ring, ring.newBarrier()));
        return consumer;
    }

    /** Claims, fills the event, publishes. */
    static final class Producer extends FaultProducer {

        private final RingBuffer<FaultEvent> ring;

        Producer(final RingBuffer<FaultEvent> ring, final IdleStrategy idle) {
            super(idle);
            this.ring = ring;
        }

        @Override
        void put(final long number) {
            while (!ring.hasAvailableCapacity(1)) {
                idle();
            }
            final long sequence = ring.next();
            ring.get(sequence).set(number);
            ring.publish(sequence);
        }

        @Override
        void putClaim(final long first) {
            while (!ring.hasAvailableCapacity(CLAIM)) {
                idle();
            }
            final long last = ring.next(CLAIM);
            final long low = last - (CLAIM - 1);
            for (int i = 0; i < CLAIM; i++) {
                ring.get(low + i).set(first + i);
            }
            ring.publish(low, last);
        }
    }

    /** Takes events. */
    static final class Consumer extends ProcessorConsumer<FaultEvent> {

        private final FaultSink sink;

        Consumer(final FaultSink sink) {
            this.sink = sink;
        }

        @Override
        void take(final FaultEvent event) {
            event.to(sink);
        }
    }
}
