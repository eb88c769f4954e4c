/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.faultring.ring.Padded;

/** The Disruptor's own ring with preallocated events; its consumer is an unchanged {@link BatchEventProcessor}. */
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
    public FaultProducer newProducer() {
        return new Producer(ring, waiting.newIdleStrategy());
    }

    @Override
    public FaultConsumer newConsumer(final FaultSink sink) {
        return new Consumer(ring, sink);
    }

    /** Claims, fills the event, publishes. */
    static final class Producer extends FaultProducer {

        private final RingBuffer<FaultEvent> ring;

        Producer(final RingBuffer<FaultEvent> ring, final IdleStrategy idle) {
            super(idle);
            this.ring = ring;
        }

        @Override
        boolean offer(final long number) {
            if (!ring.hasAvailableCapacity(1)) {
                return false;
            }
            final long sequence = ring.next();
            ring.get(sequence).set(number);
            ring.publish(sequence);
            return true;
        }

        @Override
        boolean offerClaim(final long first) {
            if (!ring.hasAvailableCapacity(CLAIM)) {
                return false;
            }
            final long last = ring.next(CLAIM);
            final long low = last - (CLAIM - 1);
            for (int i = 0; i < CLAIM; i++) {
                ring.get(low + i).set(first + i);
            }
            ring.publish(low, last);
            return true;
        }
    }

    /** Runs the processor until it has handed over as many as asked for. */
    static final class Consumer extends Padded implements FaultConsumer, EventHandler<FaultEvent> {

        private final BatchEventProcessor<FaultEvent> processor;
        private final FaultSink sink;
        private int left;

        Consumer(final RingBuffer<FaultEvent> ring, final FaultSink sink) {
            this.sink = sink;
            this.processor = new BatchEventProcessorBuilder().build(ring, ring.newBarrier(), this);
            ring.addGatingSequences(processor.getSequence());
        }

        @Override
        public void consume(final int count) {
            left = count;
            processor.run();
        }

        @Override
        public void onEvent(final FaultEvent event, final long sequence, final boolean endOfBatch) {
            event.to(sink);
            if (--left == 0) {
                processor.halt();
            }
        }
    }
}
