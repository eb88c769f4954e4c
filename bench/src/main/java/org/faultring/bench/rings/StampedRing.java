/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import java.nio.ByteBuffer;

import org.agrona.concurrent.IdleStrategy;
import org.faultring.ring.FaultRing;
import org.faultring.ring.FaultSlotEncoder;
import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.StageTimes;

/** A ring of ours, used as {@link FaultRing} says. */
final class StampedRing implements BenchRing {

    private final FaultRing ring;
    private final Waiting waiting;

    StampedRing(final FaultRing ring, final Waiting waiting) {
        this.ring = ring;
        this.waiting = waiting;
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
        return new Producer(ring, idle);
    }

    @Override
    public FaultConsumer newConsumer(final FaultSink sink) {
        return new Consumer(ring, sink, waiting.newIdleStrategy());
    }

    /** Claims, fills in place, commits. */
    static final class Producer extends FaultProducer {

        private final FaultRing ring;

        Producer(final FaultRing ring, final IdleStrategy idle) {
            super(idle);
            this.ring = ring;
        }

        @Override
        void put(final long number) {
            long position;
            while ((position = ring.tryClaim(1)) < 0) {
                idle();
            }
            fill(position, number, 1);
            ring.commit(position, 1);
        }

        @Override
        void putClaim(final long first) {
            long position;
            while ((position = ring.tryClaim(CLAIM)) < 0) {
                idle();
            }
            fill(position, first, CLAIM);
            for (int i = 1; i < CLAIM; i++) {
                fill(position + i, first + i, 0);
            }
            ring.commit(position, CLAIM);
        }

        private void fill(final long position, final long number, final int groupLength) {
            final ByteBuffer buffer = ring.buffer();
            final int offset = ring.slotOffset(position);
            FaultSlotEncoder.fault(buffer, offset, FaultWords.FLAGS, FaultWords.DEVICE_ID, FaultWords.PASID,
                    (int) number, FaultWords.PERMISSIONS,
                    FaultWords.address(number), (int) number);
            FaultSlotEncoder.route(buffer, offset, StageTimes.NOT_SAMPLED, FaultWords.ATTACHMENT, groupLength);
        }
    }

    /** Polls; reads the 40 bytes as five words, as the others do. */
    static final class Consumer extends PollingConsumer implements FaultSlotHandler {

        private final FaultRing ring;
        private final FaultSink sink;

        Consumer(final FaultRing ring, final FaultSink sink, final IdleStrategy idle) {
            super(idle);
            this.ring = ring;
            this.sink = sink;
        }

        @Override
        int poll(final int limit) {
            return ring.poll(this, limit);
        }

        @Override
        public void onSlot(final FaultSlotFlyweight slot) {
            words(slot, sink);
        }
    }

    static void words(final FaultSlotFlyweight slot, final FaultSink sink) {
        final ByteBuffer buffer = slot.buffer();
        final int offset = slot.offset();
        sink.onFault(LittleEndian.getLong(buffer, offset), LittleEndian.getLong(buffer, offset + 8),
                LittleEndian.getLong(buffer, offset + 16), LittleEndian.getLong(buffer, offset + 24),
                LittleEndian.getLong(buffer, offset + 32));
    }
}
