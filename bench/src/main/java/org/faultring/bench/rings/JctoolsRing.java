/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import org.agrona.concurrent.IdleStrategy;
import org.jctools.queues.MessagePassingQueue;

/**
 * A queue of JCTools with event objects from a pool. Used by its relaxed operations, which its documentation calls the
 * cheaper ones: {@code relaxedOffer}, {@code fill} for claims, {@code drain} with a limit.
 */
final class JctoolsRing implements BenchRing {

    private final MessagePassingQueue<FaultEvent> queue;
    private final Waiting waiting;

    JctoolsRing(final MessagePassingQueue<FaultEvent> queue, final Waiting waiting) {
        this.queue = queue;
        this.waiting = waiting;
    }

    @Override
    public int capacity() {
        return queue.capacity();
    }

    @Override
    public Waiting waiting() {
        return waiting;
    }

    @Override
    public FaultProducer newProducer(final IdleStrategy idle) {
        return new Producer(queue, idle);
    }

    @Override
    public FaultConsumer newConsumer(final FaultSink sink) {
        return new Consumer(queue, sink, waiting.newIdleStrategy());
    }

    /** Offers one, or lets the queue fetch up to ten. */
    static final class Producer extends FaultProducer implements MessagePassingQueue.Supplier<FaultEvent> {

        private final MessagePassingQueue<FaultEvent> queue;
        private final FaultEventPool pool;
        private long fetched;

        Producer(final MessagePassingQueue<FaultEvent> queue, final IdleStrategy idle) {
            super(idle);
            this.queue = queue;
            this.pool = new FaultEventPool(queue.capacity());
        }

        @Override
        void put(final long number) {
            final FaultEvent event = pool.current();
            event.set(number);
            while (!queue.relaxedOffer(event)) {
                idle();
            }
            pool.taken();
        }

        @Override
        public FaultEvent get() {
            final FaultEvent event = pool.current();
            event.set(fetched++);
            pool.taken();
            return event;
        }

        /** The queue takes as many as fit, so a claim may come in pieces. */
        @Override
        void putClaim(final long first) {
            fetched = first;
            int left = CLAIM;
            while (left > 0) {
                final int taken = queue.fill(this, left);
                if (taken == 0) {
                    idle();
                }
                left -= taken;
            }
        }
    }

    /** Drains. */
    static final class Consumer extends PollingConsumer implements MessagePassingQueue.Consumer<FaultEvent> {

        private final MessagePassingQueue<FaultEvent> queue;
        private final FaultSink sink;

        Consumer(final MessagePassingQueue<FaultEvent> queue, final FaultSink sink, final IdleStrategy idle) {
            super(idle);
            this.queue = queue;
            this.sink = sink;
        }

        @Override
        int poll(final int limit) {
            return queue.drain(this, limit);
        }

        @Override
        public void accept(final FaultEvent event) {
            event.to(sink);
        }
    }
}
