/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;
import java.util.Objects;

import com.lmax.disruptor.AbstractSequencer;
import com.lmax.disruptor.DataProvider;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;

import org.faultring.ring.ControlledFaultSlotHandler.Action;

/** Touched by the thread of the ring's own consumer alone. */
abstract class DisruptorConsumerFields extends Padded {
    /** Position of the next slot to look at. */
    long consumerPosition;
    /** Position behind the last slot that is known to be visible. */
    long visibleEnd;
}

/** Keeps the consumer's line off what follows: the final fields of the ring, which all sides read. */
abstract class DisruptorFields extends DisruptorConsumerFields {
    long p100, p101, p102, p103, p104, p105, p106, p107, p110, p111, p112, p113, p114, p115, p116, p117;
}

/**
 * {@link FaultRing} on the sequencers, barriers and wait strategies of the LMAX Disruptor: several readers and stages
 * see the same slots without a copy, through unchanged Disruptor event handlers.
 *
 * <pre>{@code
 * DisruptorFaultRing ring = DisruptorFaultRing.oneToOne(1024);
 * BatchEventProcessorBuilder builder = new BatchEventProcessorBuilder();
 * EventProcessor decode = builder.build(ring.provider(), ring.newBarrier(), decoder);
 * EventProcessor deliver = builder.build(ring.provider(), ring.newBarrier(decode.getSequence()), deliverer);
 * EventProcessor account = builder.build(ring.provider(), ring.newBarrier(deliver.getSequence()), accountant);
 * EventProcessor audit = builder.build(ring.provider(), ring.newBarrier(), auditor);      // beside the stages
 * ring.addGatingSequences(account.getSequence(), audit.getSequence());                    // the last ones
 * executor.execute(decode);                                                               // and so on
 * }</pre>
 *
 * <p>Producers claim, fill and commit slots as in every {@link FaultRing}; a position is the Disruptor's sequence.
 *
 * <p>What readers have to know, beyond the Disruptor's own documentation:
 * <ol>
 * <li>Each takes a {@link #provider()} of its own.</li>
 * <li>They are added before the first claim, the last of each chain of stages at least.</li>
 * <li>They see the aborted slots, {@link FaultSlotFlyweight#isPadding()}.</li>
 * <li>A batch ends with the end of a group, unless a batch size was set.</li>
 * <li>A stage may write to the slot it is given. The stages behind it see that; readers beside it must not look
 * there.</li>
 * </ol>
 *
 * <p>As long as no reader is added, the ring has a consumer of its own: {@link #poll} and what else
 * {@link FaultRing} says of the consumer. It never waits, whatever the wait strategy. The first reader takes its place;
 * from then on the consumer's methods throw {@link IllegalStateException}, and {@link #consumerPosition()} and
 * {@link #size()} tell of the slowest reader. When the last reader is removed the consumer is back, behind the newest
 * slot. So somebody always holds back the producers, and no fault is overwritten unread.
 *
 * <p>Visibility comes from the sequencer. The stamps of the slots carry no meaning outside this class; on the usual way
 * from claim to commit of one slot they are not written.
 *
 * <p>{@link #unblock()} is for several producers only; what the successor of a single dead one does is said at
 * {@link #oneToOne(int, WaitStrategy)}.
 *
 * <p>A commit calls the wait strategy. Those that block take a lock there; the others keep the promise of
 * {@link FaultRing} that nothing does.
 */
public abstract class DisruptorFaultRing extends DisruptorFields implements FaultRing {

    /** Slots after which a long poll tells the producers how far it is. */
    private static final int PUBLISH_INTERVAL = 64;

    final ByteBuffer buffer;
    final int capacity;
    final AbstractSequencer sequencer;
    final int maxClaim;
    private final int mask;
    private final int publishMask;
    private final ReaderGate gate;
    private final Sequence consumer;
    private final FaultSlotFlyweight consumerSlot = new FaultSlotFlyweight();

    /**
     * A ring in fresh memory.
     *
     * @param sequencer of as many slots, standing where the first claim shall begin
     */
    DisruptorFaultRing(final AbstractSequencer sequencer) {
        this.capacity = sequencer.getBufferSize();
        this.buffer = RingMemory.allocate(FaultRingDescriptor.lengthBytes(capacity));
        this.sequencer = sequencer;
        this.maxClaim = Math.min(capacity, FaultRingDescriptor.MAX_GROUP_LENGTH);
        this.mask = capacity - 1;
        this.publishMask = Math.min(capacity, PUBLISH_INTERVAL) - 1;
        this.gate = new ReaderGate(sequencer);
        this.consumer = gate.consumer();
        beginBehindTheNewest();
    }

    /**
     * A ring for one producer thread, on the Disruptor's single-producer sequencer. Its readers yield while they wait,
     * and no operation takes a lock.
     *
     * @param capacity in slots, a power of two, 1..{@link FaultRingDescriptor#MAX_CAPACITY}
     * @return an empty ring
     */
    public static DisruptorFaultRing oneToOne(final int capacity) {
        return oneToOne(capacity, new YieldingWaitStrategy());
    }

    /**
     * A ring for one producer thread, on the Disruptor's single-producer sequencer.
     *
     * <p>A claim that is not committed is invisible to the sequencer, so nobody but a producer can repair it:
     * {@link #unblock()} throws {@link UnsupportedOperationException}. The successor of a dead producer, which has seen
     * all that the dead one did, goes on like this, and loses nothing that was committed:
     *
     * <pre>{@code
     * while (ring.cursor() + 1 < ring.producerPosition()) {
     *     ring.abort(ring.cursor() + 1, 1);
     * }
     * }</pre>
     *
     * @param capacity     in slots, a power of two, 1..{@link FaultRingDescriptor#MAX_CAPACITY}
     * @param waitStrategy of the readers
     * @return an empty ring
     */
    public static DisruptorFaultRing oneToOne(final int capacity, final WaitStrategy waitStrategy) {
        return new OneToOneDisruptorFaultRing(FaultRingDescriptor.checkCapacity(capacity),
                Objects.requireNonNull(waitStrategy, "waitStrategy"), 0);
    }

    /**
     * A ring for any number of producer threads, on the Disruptor's multi-producer sequencer. Its readers yield while
     * they wait, and no operation takes a lock.
     *
     * @param capacity in slots, a power of two, 1..{@link FaultRingDescriptor#MAX_CAPACITY}
     * @return an empty ring
     */
    public static DisruptorFaultRing manyToOne(final int capacity) {
        return manyToOne(capacity, new YieldingWaitStrategy());
    }

    /**
     * A ring for any number of producer threads, on the Disruptor's multi-producer sequencer.
     *
     * @param capacity     in slots, a power of two, 1..{@link FaultRingDescriptor#MAX_CAPACITY}
     * @param waitStrategy of the readers
     * @return an empty ring
     */
    public static DisruptorFaultRing manyToOne(final int capacity, final WaitStrategy waitStrategy) {
        return new ManyToOneDisruptorFaultRing(FaultRingDescriptor.checkCapacity(capacity),
                Objects.requireNonNull(waitStrategy, "waitStrategy"), 0);
    }

    /**
     * The slots as a Disruptor reader wants them. Any thread.
     *
     * @return a new provider for one reader: it hands out one flyweight, wrapped anew for each slot
     */
    public final DataProvider<FaultSlotFlyweight> provider() {
        return new SlotProvider(this);
    }

    /**
     * Something a reader can wait at, with the ring's wait strategy. Any thread.
     *
     * @param dependents the sequences of the stages before this one; none for a reader of what is committed
     * @return a new barrier
     */
    public final SequenceBarrier newBarrier(final Sequence... dependents) {
        return sequencer.newBarrier(dependents);
    }

    /**
     * Let readers hold back the producers, instead of the ring's own consumer. They begin behind the newest slot, so
     * what it has not polled is lost.
     *
     * <p>Called by the thread that sets up the path: before the first claim, or later while nobody claims or polls.
     *
     * @param readers the sequences of the last stage of each chain, at least
     */
    public final void addGatingSequences(final Sequence... readers) {
        gate.add(readers);
        visibleEnd = consumerPosition;
    }

    /**
     * Hold back the producers for a reader no longer. After the last one the ring's own consumer is back, behind the
     * newest slot.
     *
     * <p>Called by the thread that sets up the path, while nobody claims or polls.
     *
     * @param reader added before
     * @return true if it was there
     */
    public final boolean removeGatingSequence(final Sequence reader) {
        final boolean wasThere = gate.remove(reader);
        if (wasThere && gate.isConsumerGating()) {
            beginBehindTheNewest();
        }
        return wasThere;
    }

    private void beginBehindTheNewest() {
        consumerPosition = consumer.get() + 1;
        visibleEnd = consumerPosition;
    }

    /**
     * The Disruptor's cursor. Any thread.
     *
     * @return position of the newest committed slot with one producer, of the newest claimed slot with several; 1 less
     *         than the first position at first
     */
    public final long cursor() {
        return sequencer.getCursor();
    }

    @Override
    public final int capacity() {
        return capacity;
    }

    @Override
    public final ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public final int slotOffset(final long position) {
        return FaultRingDescriptor.SLOTS_OFFSET + ((int) position & mask) * FaultRingDescriptor.SLOT_LENGTH_BYTES;
    }

    /** A claim's argument: one compare for both ends, since 0 and less become large. */
    final void checkSlots(final int slots) {
        if (Integer.compareUnsigned(slots - 1, maxClaim) >= 0) {
            throw new IllegalArgumentException("slots=" + slots + " (expected: 1.." + maxClaim + ")");
        }
    }

    @Override
    public final void abort(final long position, final int slots) {
        // Last slot first: a group length that is still there counts slots that unblock() has to repair.
        for (int i = slots - 1; i >= 0; i--) {
            LittleEndian.putShort(buffer, slotOffset(position + i) + FaultRingDescriptor.GROUP_LENGTH_OFFSET,
                    FaultRingDescriptor.PADDING);
        }
        commit(position, slots);
    }

    private boolean isVisible(final long position) {
        return position < visibleEnd || isVisibleNow(position);
    }

    /** Slow path of a look: what was known to be visible is used up. */
    private boolean isVisibleNow(final long position) {
        if (!gate.isConsumerGating()) {
            throw new IllegalStateException("this ring is read by the readers that were added to it");
        }
        // Acquire inside the sequencer, paired with its release in commit(): the fault's fields are read after it.
        visibleEnd = sequencer.getHighestPublishedSequence(position, sequencer.getCursor()) + 1;
        return position < visibleEnd;
    }

    @Override
    public final int poll(final FaultSlotHandler handler, final int limit) {
        final ByteBuffer memory = buffer;
        final FaultSlotFlyweight slot = consumerSlot;
        final long start = consumerPosition;
        final long end = start + limit;
        long position = start;
        int handed = 0;
        try {
            while (position < end && isVisible(position)) {
                slot.wrap(memory, slotOffset(position));
                position++;
                if (!slot.isPadding()) {
                    handed++;
                    handler.onSlot(slot);
                }
                if ((position & publishMask) == 0) {
                    publishConsumerPosition(position);
                }
            }
        } finally {
            goOnFrom(start, position);
        }
        return handed;
    }

    @Override
    public final int drain(final FaultSlotHandler handler, final int limit) {
        final long start = consumerPosition;
        final long end = start + limit;
        long position = start;
        while (position < end && isVisible(position)) {
            final int length = groupLength(position);
            // Padding, and what a poll has left of a group, go slot by slot.
            final int step = length == FaultRingDescriptor.PADDING || length == 0 ? 1 : length;
            if (step > end - position) {
                break;
            }
            position += step;
        }
        return poll(handler, (int) (position - start));
    }

    @Override
    public final int controlledPoll(final ControlledFaultSlotHandler handler, final int limit) {
        final ByteBuffer memory = buffer;
        final FaultSlotFlyweight slot = consumerSlot;
        final long start = consumerPosition;
        final long end = start + limit;
        long position = start;
        int handed = 0;
        try {
            while (position < end && isVisible(position)) {
                slot.wrap(memory, slotOffset(position));
                position++;
                if (slot.isPadding()) {
                    continue;
                }
                handed++;
                final Action action = handler.onSlot(slot);
                if (action == Action.ABORT) {
                    position--;
                    handed--;
                    break;
                }
                if (action == Action.BREAK) {
                    break;
                }
                if (action == Action.COMMIT) {
                    publishConsumerPosition(position);
                }
            }
        } finally {
            goOnFrom(start, position);
        }
        return handed;
    }

    @Override
    public final int available(final int limit) {
        final long position = consumerPosition;
        if (visibleEnd - position < limit) {
            isVisibleNow(position);
        }
        return (int) Math.max(0, Math.min(visibleEnd - position, limit));
    }

    @Override
    public final void take(final int slots) {
        goOnFrom(consumerPosition, consumerPosition + slots);
    }

    private void goOnFrom(final long start, final long position) {
        if (position != start) {
            consumerPosition = position;
            publishConsumerPosition(position);
        }
    }

    private void publishConsumerPosition(final long position) {
        // Release, paired with the acquire in consumerPosition(): our reads of the slots do not move behind it, so that
        // a producer that goes by it does not overwrite what we still read.
        consumer.set(position - 1);
    }

    @Override
    public final boolean isEmpty() {
        return !isVisible(consumerPosition);
    }

    @Override
    public final int peekGroupLength() {
        final long start = consumerPosition;
        long position = start;
        int length = 0;
        while (isVisible(position)) {
            length = groupLength(position);
            if (length != FaultRingDescriptor.PADDING) {
                break;
            }
            length = 0;
            position++;
        }
        goOnFrom(start, position);
        return length;
    }

    final int groupLength(final long position) {
        return LittleEndian.getUnsignedShort(buffer, slotOffset(position) + FaultRingDescriptor.GROUP_LENGTH_OFFSET);
    }

    /** A producer looked at the consumer's position and found so many slots in use. */
    final void noteUsed(final long used) {
        // Opaque, paired with highWaterMark(): a figure for monitors. Of two producers that write at once the smaller
        // one may win; the mark is a lower bound either way.
        if (used > LittleEndian.getLongOpaque(buffer, FaultRingDescriptor.HIGH_WATER_MARK_OFFSET)) {
            LittleEndian.putLongOpaque(buffer, FaultRingDescriptor.HIGH_WATER_MARK_OFFSET, used);
        }
    }

    @Override
    public final int size() {
        // The consumer's position first: it never runs past the producer's, so the difference is not negative. Between
        // the reads the producer may go on, hence the bound.
        final long consumed = consumerPosition();
        return (int) Math.min(producerPosition() - consumed, capacity);
    }

    @Override
    public final int highWaterMark() {
        return (int) LittleEndian.getLongOpaque(buffer, FaultRingDescriptor.HIGH_WATER_MARK_OFFSET);
    }

    @Override
    public final long consumerPosition() {
        // Acquire inside the sequencer, paired with the release in publishConsumerPosition() and in each reader's
        // processor: their reads of a slot come before a producer's writes to it.
        return sequencer.getMinimumSequence() + 1;
    }
}
