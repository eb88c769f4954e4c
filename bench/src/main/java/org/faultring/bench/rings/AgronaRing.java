/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.RingMemory;

/** A ring buffer of Agrona: a message is claimed, filled in place and committed. No claims of several messages. */
final class AgronaRing implements BenchRing {

    /** Bytes a fault takes with its header. */
    static final int RECORD_LENGTH_BYTES = BitUtil.align(
            RecordDescriptor.HEADER_LENGTH + PageFaultFlyweight.LENGTH_BYTES, RecordDescriptor.ALIGNMENT);

    private static final int MESSAGE_TYPE = 1;

    private final RingBuffer ring;
    private final Waiting waiting;

    AgronaRing(final RingBuffer ring, final Waiting waiting) {
        this.ring = ring;
        this.waiting = waiting;
    }

    /**
     * Memory for one.
     *
     * @param faults it shall hold at least; its length must be a power of two
     */
    static AtomicBuffer memory(final int faults) {
        final int lengthBytes = BitUtil.findNextPositivePowerOfTwo(faults * RECORD_LENGTH_BYTES);
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(lengthBytes + RingBufferDescriptor.TRAILER_LENGTH,
                RingMemory.PADDED_BYTES));
    }

    @Override
    public int capacity() {
        return ring.capacity() / RECORD_LENGTH_BYTES;
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
        return new Consumer(ring, sink, waiting.newIdleStrategy());
    }

    /** Claims, fills in place, commits. */
    static final class Producer extends FaultProducer {

        private final RingBuffer ring;

        Producer(final RingBuffer ring, final IdleStrategy idle) {
            super(idle);
            this.ring = ring;
        }

        @Override
        void put(final long number) {
            int index;
            while ((index = ring.tryClaim(MESSAGE_TYPE, PageFaultFlyweight.LENGTH_BYTES)) < 0) {
                idle();
            }
            final MutableDirectBuffer buffer = ring.buffer();
            buffer.putLong(index, FaultWords.WORD_0);
            buffer.putLong(index + 8, FaultWords.word1(number));
            buffer.putLong(index + 16, FaultWords.WORD_2);
            buffer.putLong(index + 24, FaultWords.address(number));
            buffer.putLong(index + 32, FaultWords.word4(number));
            ring.commit(index);
        }
    }

    /** Reads. */
    static final class Consumer extends PollingConsumer implements MessageHandler {

        private final RingBuffer ring;
        private final FaultSink sink;

        Consumer(final RingBuffer ring, final FaultSink sink, final IdleStrategy idle) {
            super(idle);
            this.ring = ring;
            this.sink = sink;
        }

        @Override
        int poll(final int limit) {
            return ring.read(this, limit);
        }

        @Override
        public void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
            words(buffer, index);
        }

        private void words(final DirectBuffer buffer, final int index) {
            sink.onFault(buffer.getLong(index), buffer.getLong(index + 8), buffer.getLong(index + 16),
                    buffer.getLong(index + 24), buffer.getLong(index + 32));
        }
    }
}
