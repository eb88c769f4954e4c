/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.Checks;

/**
 * Throughput: producers of the set-up send, the calling thread consumes. A block ends when the last fault has been
 * summed up. Each producer sends a stretch of numbers of its own.
 */
public final class ThroughputLoad implements BlockLoad {

    /** Faults produced by one call: short enough to be compiled as a method, too long to be seen in the time. */
    private static final int STRETCH = 1000;

    private final SummingSink sink = new SummingSink();
    private final FaultConsumer consumer;
    private final List<GateThread> producers = new ArrayList<>();
    private final int block;
    private long first;

    /**
     * Makes the ends of the ring and starts the producers.
     *
     * @param ring      to load
     * @param producers threads, 1 or more
     * @param claims    whether to produce in claims of {@link FaultProducer#CLAIM}
     * @param block     faults of a block, a multiple of 1000 for each producer
     * @param waiting   at the gate
     * @param onFailed  told when a producer fails
     */
    public ThroughputLoad(final BenchRing ring, final int producers, final boolean claims, final int block,
            final Waiting waiting, final UncaughtExceptionHandler onFailed) {
        Checks.range("producers", producers, 1, block / STRETCH);
        if (block % (producers * STRETCH) != 0) {
            throw new IllegalArgumentException(
                    "block=" + block + " (expected: a multiple of " + producers * STRETCH + ")");
        }
        this.block = block;
        this.consumer = ring.newConsumer(sink);
        final int share = block / producers;
        for (int i = 0; i < producers; i++) {
            final FaultProducer producer = ring.newProducer();
            final int begin = i * share;
            this.producers.add(new GateThread("producer-" + i, () -> produce(producer, first + begin, share, claims),
                    waiting.newIdleStrategy(), onFailed));
        }
    }

    private static void produce(final FaultProducer producer, final long from, final int count,
            final boolean claims) {
        for (int done = 0; done < count; done += STRETCH) {
            if (claims) {
                producer.produceClaims(from + done, STRETCH);
            } else {
                producer.produce(from + done, STRETCH);
            }
        }
        producer.flush();
    }

    @Override
    public void move() {
        final long expected = FaultWords.sum(first, block);
        for (int i = 0; i < producers.size(); i++) {
            producers.get(i).open();
        }
        consumer.consume(block);
        // The producers have read it: they have sent all that depends on it.
        first += block;
        NotConservedException.check(expected, sink.take());
    }

    @Override
    public CoreDistance.Reading coreDistance() {
        return producers.get(0).distance();
    }

    @Override
    public void close() {
        producers.forEach(GateThread::close);
    }
}
