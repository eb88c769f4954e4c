/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.faultring.ring.ControlledFaultSlotHandler.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.DataProvider;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;

/** What a {@link DisruptorFaultRing} has beyond the contract of a ring, on one thread. */
@ParameterizedClass
@EnumSource(value = RingKind.class, names = "DISRUPTOR_.*", mode = EnumSource.Mode.MATCH_ALL)
class DisruptorFaultRingTest {

    private static final int CAPACITY = 8;

    @Parameter
    RingKind kind;

    private final FaultSlotFlyweight slot = new FaultSlotFlyweight();

    private DisruptorFaultRing create(final int capacity) {
        return (DisruptorFaultRing) kind.create(capacity);
    }

    private DisruptorFaultRing create(final int capacity, final WaitStrategy waitStrategy) {
        return kind == RingKind.DISRUPTOR_ONE_TO_ONE
                ? DisruptorFaultRing.oneToOne(capacity, waitStrategy)
                : DisruptorFaultRing.manyToOne(capacity, waitStrategy);
    }

    private DisruptorFaultRing createAt(final long start) {
        return kind == RingKind.DISRUPTOR_ONE_TO_ONE
                ? new OneToOneDisruptorFaultRing(CAPACITY, new YieldingWaitStrategy(), start)
                : new ManyToOneDisruptorFaultRing(CAPACITY, new YieldingWaitStrategy(), start);
    }

    private void commitGroups(final FaultRing ring, final int groups, final int length) {
        for (int i = 0; i < groups; i++) {
            NumberedFault.commitGroup(ring, slot, (long) i * length, length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, 1000, 1 << 21, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void shouldRefuseACapacityThatIsNoPowerOfTwoInRange(final int capacity) {
        assertEquals("capacity=" + capacity + " (expected: a power of two, 1..1048576)",
                assertThrows(IllegalArgumentException.class, () -> create(capacity)).getMessage());
    }

    @Test
    void shouldRefuseNoWaitStrategy() {
        assertEquals("waitStrategy", assertThrows(NullPointerException.class, () -> create(8, null)).getMessage());
    }

    @Test
    void shouldCountPositionsPast32Bits() {
        for (final long start : new long[] {(1L << 31) - 20, (1L << 32) - 20, (1L << 52) + 1}) {
            final DisruptorFaultRing ring = createAt(start);
            assertEquals(start, ring.consumerPosition());
            assertEquals(start, ring.producerPosition());
            assertTrue(ring.isEmpty());
            for (int i = 0; i < 10 * CAPACITY; i++) {
                final int length = 1 + i % 4;
                NumberedFault.commitGroup(ring, slot, i, length);
                NumberedFault.commitGroup(ring, slot, i, CAPACITY - length);
                assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
                assertEquals(length, ring.peekGroupLength());
                assertEquals(CAPACITY, ring.drain(fault -> fault.cookie(), Integer.MAX_VALUE));
                assertTrue(ring.isEmpty());
                assertEquals(start + (i + 1L) * CAPACITY, ring.consumerPosition());
            }
        }
    }

    @Test
    void shouldGiveEachReaderAFlyweightOfItsOwn() {
        final DisruptorFaultRing ring = create(CAPACITY);
        commitGroups(ring, CAPACITY, 1);
        final DataProvider<FaultSlotFlyweight> one = ring.provider();
        final DataProvider<FaultSlotFlyweight> other = ring.provider();
        assertNotSame(one, other);
        final FaultSlotFlyweight third = one.get(3);
        final FaultSlotFlyweight fifth = other.get(5);
        assertNotSame(third, fifth);
        assertEquals(3, third.cookie());
        assertEquals(5, fifth.cookie());
        assertSame(third, one.get(CAPACITY + 4L));
        assertEquals(4, third.cookie());
    }

    @Test
    void shouldShowNoOpenClaimToAnybodyWhenItIsFull() throws Exception {
        final DisruptorFaultRing ring = create(CAPACITY);
        final SequenceBarrier barrier = ring.newBarrier();
        commitGroups(ring, 3, 1);
        final long open = ring.tryClaim(CAPACITY - 3);
        for (int i = 0; i < 3; i++) {
            assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
        }
        assertEquals(2, barrier.waitFor(0));
        assertEquals(3, ring.poll(fault -> fault.cookie(), Integer.MAX_VALUE));
        assertTrue(ring.isEmpty());
        NumberedFault.writeGroup(ring, slot, open, 3, CAPACITY - 3);
        ring.commit(open, CAPACITY - 3);
        assertEquals(CAPACITY - 1, barrier.waitFor(3));
        assertEquals(CAPACITY - 3, ring.peekGroupLength());
    }

    @Test
    void shouldShowAGroupWholeOrNotAtAllWheneverItSignalsTheReaders() {
        final Signal signal = new Signal();
        final DisruptorFaultRing ring = create(CAPACITY, signal);
        signal.seen.clear();
        signal.barrier = ring.newBarrier();
        NumberedFault.commitGroup(ring, slot, 0, 5);
        ring.abort(NumberedFault.claim(ring, 3), 3);
        assertFalse(signal.seen.isEmpty());
        for (final long visible : signal.seen) {
            assertTrue(visible == -1 || visible == 4 || visible == 7, signal.seen.toString());
        }
        assertEquals(7, signal.seen.get(signal.seen.size() - 1));
    }

    /** Looks at the ring each time a commit would wake the readers. */
    private static final class Signal implements WaitStrategy {

        final List<Long> seen = new ArrayList<>();
        private SequenceBarrier barrier;

        @Override
        public long waitFor(final long sequence, final Sequence cursor, final Sequence dependent,
                final SequenceBarrier asking) {
            return cursor.get();
        }

        @Override
        public void signalAllWhenBlocking() {
            try {
                seen.add(barrier == null ? -1 : barrier.waitFor(0));
            } catch (final AlertException | InterruptedException | TimeoutException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void shouldLetTheSlowestReaderHoldBackTheProducer() {
        final DisruptorFaultRing ring = create(CAPACITY);
        final Sequence fast = new Sequence();
        final Sequence slow = new Sequence();
        ring.addGatingSequences(fast, slow);
        commitGroups(ring, CAPACITY, 1);
        fast.set(CAPACITY - 1);
        assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
        assertEquals(0, ring.consumerPosition());
        assertEquals(CAPACITY, ring.size());
        assertEquals(CAPACITY, ring.highWaterMark());
        slow.set(2);
        assertEquals(3, ring.consumerPosition());
        assertEquals(CAPACITY - 3, ring.size());
        assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(4));
        NumberedFault.commitGroup(ring, slot, 9, 3);
        assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
        assertTrue(ring.removeGatingSequence(slow));
        NumberedFault.commitGroup(ring, slot, 12, 5);
        assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
    }

    @Test
    void shouldNotWaitForItsOwnConsumerOnceItHasReaders() {
        final DisruptorFaultRing ring = create(CAPACITY);
        final Sequence reader = new Sequence();
        ring.addGatingSequences(reader);
        for (int lap = 0; lap < 5; lap++) {
            commitGroups(ring, CAPACITY, 1);
            assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
            reader.set(ring.producerPosition() - 1);
        }
        assertEquals(5 * CAPACITY, ring.consumerPosition());
    }

    @Test
    void shouldRefuseToPollForAConsumerThatReadersReplaced() {
        final DisruptorFaultRing ring = create(CAPACITY);
        commitGroups(ring, CAPACITY, 1);
        assertEquals(2, ring.poll(fault -> fault.cookie(), 2));
        ring.addGatingSequences(new Sequence());
        assertEquals(CAPACITY, ring.consumerPosition(), "a reader begins behind the newest slot");
        assertThrows(IllegalStateException.class, () -> ring.poll(fault -> fail("polled"), 1));
        assertThrows(IllegalStateException.class, () -> ring.drain(fault -> fail("polled"), 1));
        assertThrows(IllegalStateException.class, () -> ring.controlledPoll(fault -> Action.BREAK, 1));
        assertThrows(IllegalStateException.class, ring::peekGroupLength);
        assertEquals("this ring is read by the readers that were added to it",
                assertThrows(IllegalStateException.class, ring::isEmpty).getMessage());
        commitGroups(ring, CAPACITY, 1);
        assertEquals(CAPACITY, ring.size());
    }

    @Test
    void shouldHaveItsOwnConsumerBackWhenTheLastReaderGoes() {
        final DisruptorFaultRing ring = create(CAPACITY);
        final Sequence first = new Sequence();
        final Sequence second = new Sequence();
        ring.addGatingSequences(first);
        ring.addGatingSequences();
        ring.addGatingSequences(second, second);
        commitGroups(ring, 3, 1);
        assertFalse(ring.removeGatingSequence(new Sequence()));
        assertTrue(ring.removeGatingSequence(first));
        assertFalse(ring.removeGatingSequence(first));
        assertThrows(IllegalStateException.class, ring::isEmpty);
        assertTrue(ring.removeGatingSequence(second));
        assertTrue(ring.isEmpty());
        assertEquals(3, ring.consumerPosition());
        commitGroups(ring, CAPACITY, 1);
        assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
        final List<Integer> seen = new ArrayList<>();
        assertEquals(CAPACITY, ring.poll(fault -> seen.add(fault.cookie()), Integer.MAX_VALUE));
        assertEquals(Stream.iterate(0, i -> i + 1).limit(CAPACITY).toList(), seen);
    }

    @Test
    void shouldKeepItsOwnConsumerWhenNoReaderIsNamed() {
        final DisruptorFaultRing ring = create(CAPACITY);
        ring.addGatingSequences();
        commitGroups(ring, CAPACITY, 1);
        assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
        assertEquals(CAPACITY, ring.poll(fault -> fault.cookie(), Integer.MAX_VALUE));
    }

    @Test
    void shouldLetALongPollTellTheProducerHowFarItIs() {
        final FaultRing ring = create(1024);
        NumberedFault.commitGroup(ring, slot, 0, 1024);
        final long[] fits = new long[1];
        ring.poll(fault -> {
            final long position = ring.tryClaim(1);
            if (position >= 0) {
                fits[0]++;
                ring.abort(position, 1);
            }
        }, 1024);
        assertEquals(1024 - 64, fits[0]);
    }

    @Test
    void shouldReadThroughAProviderWithoutAllocating() {
        final DisruptorFaultRing ring = create(64);
        final Sequence reader = new Sequence();
        ring.addGatingSequences(reader);
        final DataProvider<FaultSlotFlyweight> provider = ring.provider();
        final SequenceBarrier barrier = ring.newBarrier();
        final long[] sum = new long[1];
        Allocations.assertNone(64, () -> {
            commitGroups(ring, 16, 4);
            try {
                final long next = reader.get() + 1;
                final long available = barrier.waitFor(next);
                for (long position = next; position <= available; position++) {
                    sum[0] += provider.get(position).address();
                }
                reader.set(available);
            } catch (final AlertException | InterruptedException | TimeoutException e) {
                throw new IllegalStateException(e);
            }
        });
        assertEquals(ring.producerPosition() - 1, reader.get());
    }
}
