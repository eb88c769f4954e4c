/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.Sequence;

/** The Disruptor's own processors on a {@link DisruptorFaultRing}, each on a thread; the first failure is kept. */
final class RingReaders implements AutoCloseable, ExceptionHandler<FaultSlotFlyweight> {

    private final DisruptorFaultRing ring;
    private final List<BatchEventProcessor<FaultSlotFlyweight>> processors = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    RingReaders(final DisruptorFaultRing ring) {
        this.ring = ring;
    }

    /** A stage behind others, or with none a reader of what is committed. */
    Sequence add(final EventHandler<FaultSlotFlyweight> handler, final Sequence... dependents) {
        final BatchEventProcessor<FaultSlotFlyweight> processor = new BatchEventProcessorBuilder()
                .build(ring.provider(), ring.newBarrier(dependents), handler);
        processor.setExceptionHandler(this);
        processors.add(processor);
        return processor.getSequence();
    }

    void start() {
        for (final BatchEventProcessor<FaultSlotFlyweight> processor : processors) {
            final Thread thread = new Thread(processor, "reader " + threads.size());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Until a condition holds, a reader fails, or the test's time is up. */
    void await(final BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            throwFailure();
            if (Thread.interrupted()) {
                throw new InterruptedException("the time is up");
            }
            Thread.yield();
        }
        throwFailure();
    }

    void awaitAll(final long positions) throws InterruptedException {
        await(() -> processors.stream().allMatch(processor -> processor.getSequence().get() == positions - 1));
    }

    private void throwFailure() {
        if (failure.get() != null) {
            throw new AssertionError(failure.get().getMessage(), failure.get());
        }
    }

    @Override
    public void close() {
        try {
            for (int i = 0; i < threads.size(); i++) {
                // A processor that was not running yet forgets that it was halted.
                while (threads.get(i).isAlive()) {
                    processors.get(i).halt();
                    threads.get(i).join(10);
                }
            }
        } catch (final InterruptedException e) {
            // The test's time is up; the threads end with the JVM.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void handleEventException(final Throwable thrown, final long sequence, final FaultSlotFlyweight slot) {
        failure.compareAndSet(null, new AssertionError("position " + sequence + ": " + thrown.getMessage(), thrown));
    }

    @Override
    public void handleOnStartException(final Throwable thrown) {
        failure.compareAndSet(null, thrown);
    }

    @Override
    public void handleOnShutdownException(final Throwable thrown) {
        failure.compareAndSet(null, thrown);
    }

    /** A reader that has to see every position once and in order, each group at a batch's end whole. */
    static final class Follower implements EventHandler<FaultSlotFlyweight> {

        private long next;
        private int restOfGroup;
        volatile long faults;
        volatile long padding;

        @Override
        public void onEvent(final FaultSlotFlyweight slot, final long sequence, final boolean endOfBatch) {
            assertEquals(next, sequence);
            next++;
            if (slot.isPadding()) {
                assertEquals(0, restOfGroup, "padding within a group");
                padding++;
                return;
            }
            if (slot.groupLength() == 0) {
                assertTrue(restOfGroup > 0, "no group begins here");
                restOfGroup--;
            } else {
                assertEquals(0, restOfGroup, "a group begins within a group");
                restOfGroup = slot.groupLength() - 1;
            }
            NumberedFault.check(slot, slot.cookie(), restOfGroup == 0, slot.groupLength());
            assertTrue(!endOfBatch || restOfGroup == 0, "the batch ends within a group");
            faults++;
        }
    }
}
