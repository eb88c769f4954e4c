/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import java.util.concurrent.ArrayBlockingQueue;

import org.agrona.concurrent.IdleStrategy;

/** The JDK's bounded queue, with event objects from a pool: nothing is boxed and nothing is allocated. */
final class ArrayBlockingQueueRing implements BenchRing {

    private final ArrayBlockingQueue<FaultEvent> queue;
    private final int capacity;
    private final Waiting waiting;

    ArrayBlockingQueueRing(final int capacity, final Waiting waiting) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.capacity = capacity;
        this.waiting = waiting;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public Waiting waiting() {
        return waiting;
    }

    @Override
    public FaultProducer newProducer(final IdleStrategy idle) {
        return new Producer(queue, capacity, idle);
    }

    @Override
    public FaultConsumer newConsumer(final FaultSink sink) {
        return new Consumer(queue, sink, waiting.newIdleStrategy());
    }

    /** Offers. */
    static final class Producer extends FaultProducer {

        private final ArrayBlockingQueue<FaultEvent> queue;
        private final FaultEventPool pool;

        Producer(final ArrayBlockingQueue<FaultEvent> queue, final int capacity, final IdleStrategy idle) {
            super(idle);
            this.queue = queue;
            this.pool = new FaultEventPool(capacity);
        }

        @Override
        void put(final long number) {
            final FaultEvent event = pool.current();
            event.set(number);
            while (!queue.offer(event)) {
                idle();
            }
            pool.taken();
        }
    }

    /** Polls. */
    static final class Consumer extends PollingConsumer {

        private final ArrayBlockingQueue<FaultEvent> queue;
        private final FaultSink sink;

        Consumer(final ArrayBlockingQueue<FaultEvent> queue, final FaultSink sink, final IdleStrategy idle) {
            super(idle);
            this.queue = queue;
            this.sink = sink;
        }

        @Override
        int poll(final int limit) {
            final FaultEvent event = queue.poll();
            if (event == null) {
                return 0;
            }
            event.to(sink);
            return 1;
        }
    }
}
