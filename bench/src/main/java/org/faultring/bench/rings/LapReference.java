/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import java.nio.ByteBuffer;

import org.agrona.concurrent.IdleStrategy;
import org.faultring.ring.FaultRingDescriptor;
import org.faultring.ring.FaultSlotEncoder;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.Padded;
import org.faultring.ring.PaddedWord;
import org.faultring.ring.RingMemory;
import org.faultring.ring.StageTimes;

/**
 * The reference: what two cores that share these lines can do without waiting for each other per fault. No ring that
 * hands over a fault when it is there: one fills a lap of slots while the other reads the lap before, in memory of two
 * laps.
 *
 * <p>The same 64-byte slots as in {@link FaultRingDescriptor}, the same eight words written into each, the same five
 * read. One release and one acquire per lap in each direction: the producer publishes its position at the end of a lap,
 * the consumer acquires it, reads the lap and publishes that it is through. Before the producer begins a lap, the
 * consumer must be through with the lap before the previous one, so that the sums can be checked here as well. Not a
 * limit: a ring that publishes often lets the consumer read lines while they are still close.
 */
final class LapReference implements BenchRing {

    private final ByteBuffer memory;
    private final int lap;
    private final PaddedWord produced = new PaddedWord();
    private final PaddedWord consumed = new PaddedWord();
    private final Waiting waiting;

    /**
     * A reference.
     *
     * @param lap     slots of a lap, a power of two
     * @param waiting between laps
     */
    LapReference(final int lap, final Waiting waiting) {
        this.lap = lap;
        this.waiting = waiting;
        this.memory = RingMemory.allocate(2 * lap * FaultRingDescriptor.SLOT_LENGTH_BYTES);
    }

    @Override
    public int capacity() {
        return 2 * lap;
    }

    @Override
    public Waiting waiting() {
        return waiting;
    }

    @Override
    public FaultProducer newProducer(final IdleStrategy idle) {
        return new Producer(this, idle);
    }

    @Override
    public FaultConsumer newConsumer(final FaultSink sink) {
        return new Consumer(this, sink, waiting.newIdleStrategy());
    }

    private int slotOffset(final long position) {
        return ((int) position & 2 * lap - 1) * FaultRingDescriptor.SLOT_LENGTH_BYTES;
    }

    /** Writes laps. */
    static final class Producer extends FaultProducer {

        private final LapReference reference;
        private long position;

        Producer(final LapReference reference, final IdleStrategy idle) {
            super(idle);
            this.reference = reference;
        }

        @Override
        void put(final long number) {
            produce(number, 1);
        }

        @Override
        public void produce(final long first, final int count) {
            final int lap = reference.lap;
            int done = 0;
            while (done < count) {
                while (!mayWrite()) {
                    idle();
                }
                final int stretch = Math.min(count - done, lap - ((int) position & lap - 1));
                write(first + done, stretch);
                done += stretch;
            }
        }

        /** Looks at the consumer only where a lap begins. */
        private boolean mayWrite() {
            final int lap = reference.lap;
            // Acquire, paired with the consumer's release: its reads of a slot come before our writes to it.
            return (position & lap - 1) != 0 || position - reference.consumed.getAcquire() <= lap;
        }

        /** Slots of one lap. */
        private void write(final long first, final int count) {
            final ByteBuffer memory = reference.memory;
            final int start = reference.slotOffset(position);
            for (int i = 0; i < count; i++) {
                final int offset = start + i * FaultRingDescriptor.SLOT_LENGTH_BYTES;
                final long number = first + i;
                FaultSlotEncoder.fault(memory, offset, FaultWords.FLAGS, FaultWords.DEVICE_ID, FaultWords.PASID,
                        (int) number, FaultWords.PERMISSIONS, FaultWords.address(number), (int) number);
                FaultSlotEncoder.route(memory, offset, StageTimes.NOT_SAMPLED, FaultWords.ATTACHMENT, 1);
                LittleEndian.putLong(memory, offset + FaultRingDescriptor.STAMP_OFFSET, number + 1);
            }
            position += count;
            if ((position & reference.lap - 1) == 0) {
                flush();
            }
        }

        @Override
        public void flush() {
            // Release, paired with the consumer's acquire: the lap is written before it can be seen.
            reference.produced.setRelease(position);
        }
    }

    /** Reads laps. */
    static final class Consumer extends Padded implements FaultConsumer {

        private final LapReference reference;
        private final FaultSink sink;
        private final IdleStrategy idle;
        private long position;

        Consumer(final LapReference reference, final FaultSink sink, final IdleStrategy idle) {
            this.reference = reference;
            this.sink = sink;
            this.idle = idle;
        }

        @Override
        public void consume(final int count) {
            final int lap = reference.lap;
            final long end = position + count;
            while (position < end) {
                // Acquire, paired with the producer's release.
                final long produced = reference.produced.getAcquire();
                if (produced == position) {
                    idle.idle();
                    continue;
                }
                final long lapEnd = (position | lap - 1) + 1;
                read((int) (Math.min(produced, lapEnd) - position));
                if (position == lapEnd) {
                    // Release, paired with the producer's acquire: our reads are over before it writes there again.
                    reference.consumed.setRelease(position);
                }
            }
        }

        private void read(final int count) {
            final ByteBuffer memory = reference.memory;
            final int start = reference.slotOffset(position);
            for (int i = 0; i < count; i++) {
                final int offset = start + i * FaultRingDescriptor.SLOT_LENGTH_BYTES;
                sink.onFault(LittleEndian.getLong(memory, offset), LittleEndian.getLong(memory, offset + 8),
                        LittleEndian.getLong(memory, offset + 16), LittleEndian.getLong(memory, offset + 24),
                        LittleEndian.getLong(memory, offset + 32));
            }
            position += count;
        }
    }
}
