/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.DataProvider;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import org.faultring.ring.Padded;

/** Runs an unchanged {@link BatchEventProcessor} until it has handed over as many faults as asked for. */
abstract class ProcessorConsumer<T> extends Padded implements FaultConsumer, EventHandler<T> {

    private BatchEventProcessor<T> processor;
    private int left;

    /** Called once, before anything else: where the events are, and what to wait at. */
    final Sequence read(final DataProvider<T> events, final SequenceBarrier barrier) {
        processor = new BatchEventProcessorBuilder().build(events, barrier, this);
        return processor.getSequence();
    }

    /** One event. */
    abstract void take(T event);

    @Override
    public final void consume(final int count) {
        left = count;
        processor.run();
    }

    @Override
    public final void onEvent(final T event, final long sequence, final boolean endOfBatch) {
        take(event);
        if (--left == 0) {
            processor.halt();
        }
    }
}
