/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link FaultRing} promises, whatever its class and capacity. */
@ParameterizedClass(name = "{0}, capacity {1}, from {2}")
@MethodSource("rings")
class FaultRingContractTest extends FaultRingContract {

    FaultRingContractTest(final RingKind kind, final int capacity, final long start) {
        super(kind, capacity, start);
    }

    static Stream<Arguments> rings() {
        return everyKind(1, 2, 8, 1024);
    }

    @Test
    void shouldBeEmptyAtFirst() {
        assertEquals(capacity, ring.capacity());
        assertTrue(ring.isEmpty());
        assertEquals(0, ring.size());
        assertEquals(0, ring.peekGroupLength());
        assertEquals(0, ring.highWaterMark());
        assertEquals(0, produced());
        assertEquals(0, consumed());
        assertEquals(0, ring.poll(fault -> fail("nothing is there"), ALL));
        assertEquals(0, ring.controlledPoll(fault -> fail("nothing is there"), ALL));
        assertEquals(0, consumed());
    }

    @Test
    void shouldPlaceEachSlotOnACacheLineOfItsOwn() {
        assertEquals(0, ring.buffer().alignmentOffset(0, RingMemory.PADDED_BYTES));
        for (int i = 0; i < capacity; i++) {
            final int offset = ring.slotOffset(i);
            assertEquals(FaultRingDescriptor.SLOTS_OFFSET + i * RingMemory.CACHE_LINE_BYTES, offset);
            assertEquals(offset, ring.slotOffset((long) i + capacity));
            assertEquals(offset, ring.slotOffset(i + (1L << 40)));
        }
        assertTrue(ring.buffer().capacity() >= FaultRingDescriptor.lengthBytes(capacity));
    }

    @Test
    void shouldHandOverEveryFieldOfWhatWasCommitted() {
        moveOn(capacity / 2);
        commitGroup(77, capacity);
        final int handed = ring.poll(fault -> {
            final int i = seen.size();
            NumberedFault.check(fault, 77 + i, i == capacity - 1, i == 0 ? capacity : 0);
            collector.onSlot(fault);
        }, ALL);
        assertEquals(capacity, handed);
        assertSeen(77, capacity);
    }

    @Test
    void shouldTakeAsManySlotsAsItsCapacityAndNoMore() {
        commitSingles(0, capacity);
        assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
        assertEquals(capacity, ring.size());
        assertEquals(capacity, produced());
        assertEquals(1, ring.poll(collector, 1));
        commitGroup(capacity, 1);
        assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
        assertEquals(capacity, ring.poll(collector, ALL));
        assertSeen(0, capacity + 1);
        assertTrue(ring.isEmpty());
        assertEquals(0, ring.size());
    }

    @Test
    void shouldCountClaimedSlotsAsTaken() {
        final long position = NumberedFault.claim(ring, capacity);
        assertEquals(capacity, ring.size());
        assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
        ring.abort(position, capacity);
        assertEquals(capacity, ring.size());
        assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
        assertEquals(0, ring.poll(collector, ALL));
        assertEquals(0, ring.size());
        assertEquals(capacity, consumed());
    }

    @Test
    void shouldThrowOnAGroupThatCouldNeverFit() {
        for (final int slots : new int[] {capacity + 1, 2 * capacity + 1, Integer.MAX_VALUE}) {
            assertClaimThrows(slots);
        }
        commitGroup(0, capacity);
        assertClaimThrows(capacity + 1);
        assertEquals(capacity, produced());
        assertEquals(capacity, ring.poll(collector, ALL));
        assertSeen(0, capacity);
    }

    private void assertClaimThrows(final int slots) {
        assertEquals("slots=" + slots + " (expected: 1.." + capacity + ")",
                assertThrows(IllegalArgumentException.class, () -> ring.tryClaim(slots)).getMessage());
    }

    @Test
    void shouldThrowOnAGroupOfNothing() {
        for (final int slots : new int[] {0, -1, -capacity, Integer.MIN_VALUE}) {
            assertClaimThrows(slots);
        }
        assertEquals(0, produced());
        commitGroup(0, capacity);
        assertClaimThrows(0);
        assertClaimThrows(-1);
        assertEquals(capacity, produced());
    }

    @Test
    void shouldKeepTheOrderOverManyLaps() {
        long committed = 0;
        long handed = 0;
        for (int round = 0; committed < 10L * capacity + 100; round++) {
            final int length = 1 + round % Math.min(capacity, 5);
            while (ring.size() + length <= capacity) {
                commitGroup(committed, length);
                committed += length;
            }
            assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(length));
            seen.clear();
            final int taken = ring.poll(collector, 1 + round % capacity);
            assertEquals(Math.min(1 + round % capacity, (int) (committed - handed)), taken);
            assertSeen(handed, taken);
            handed += taken;
            assertEquals(handed, consumed());
            assertEquals(committed - handed, ring.size());
        }
        seen.clear();
        assertEquals(committed - handed, ring.poll(collector, ALL));
        assertSeen(handed, (int) (committed - handed));
        assertTrue(ring.isEmpty());
    }

    @Test
    void shouldBeAsGoodAsNewAfterItWasFull() {
        for (int lap = 0; lap < 5; lap++) {
            commitGroup(lap, capacity);
            assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
            assertEquals(capacity, ring.peekGroupLength());
            assertEquals(capacity, ring.poll(collector, ALL));
            assertSeen(lap, capacity);
            assertTrue(ring.isEmpty());
            assertEquals(0, ring.size());
            seen.clear();
        }
    }

    @Test
    void shouldShowAGroupWholeAndOnlyAfterItsCommit() {
        moveOn(3);
        for (int length = 1; length <= Math.min(capacity, 9); length++) {
            final long position = NumberedFault.claim(ring, length);
            for (int i = 0; i < length; i++) {
                slot.wrap(ring.buffer(), ring.slotOffset(position + i));
                NumberedFault.write(slot, i, i == length - 1, i == 0 ? length : 0);
                assertNothingIsVisible();
            }
            ring.commit(position, length);
            assertFalse(ring.isEmpty());
            assertEquals(length, ring.peekGroupLength());
            assertEquals(length, ring.poll(collector, ALL));
            assertSeen(0, length);
            seen.clear();
            assertNothingIsVisible();
        }
    }

    @Test
    void shouldKeepTheOrderOfClaimsWhateverTheOrderOfCommits() {
        moveOn(1);
        final int claims = capacity;
        final long[] positions = new long[claims];
        for (int i = 0; i < claims; i++) {
            positions[i] = NumberedFault.claim(ring, 1);
            NumberedFault.writeGroup(ring, slot, positions[i], i, 1);
        }
        for (int i = claims - 1; i > 0; i--) {
            ring.commit(positions[i], 1);
            assertNothingIsVisible();
        }
        ring.commit(positions[0], 1);
        assertEquals(claims, ring.poll(collector, ALL));
        assertSeen(0, claims);
    }

    @Test
    void shouldHandNoAbortedSlotToAnyHandler() {
        for (int round = 0; round < 4; round++) {
            abort(capacity);
            assertEquals(0, ring.poll(fault -> fail("aborted"), ALL));
            abort(capacity);
            assertEquals(0, ring.controlledPoll(fault -> fail("aborted"), ALL));
            assertEquals(0, ring.size());
            commitGroup(round, capacity);
            assertEquals(capacity, ring.poll(collector, ALL));
            assertSeen(round, capacity);
            seen.clear();
        }
    }

    @Test
    void shouldFindNoGroupBehindPaddingAlone() {
        abort(capacity);
        assertEquals(0, ring.peekGroupLength());
        ring.poll(collector, ALL);
        assertEquals(0, ring.size());
        commitGroup(5, capacity);
        assertEquals(capacity, ring.peekGroupLength());
        assertEquals(capacity, ring.poll(collector, ALL));
        assertSeen(5, capacity);
    }

    @Test
    void shouldLookWithoutTaking() {
        commitGroup(0, capacity);
        for (int i = 0; i < 3; i++) {
            assertFalse(ring.isEmpty());
            assertEquals(capacity, ring.peekGroupLength());
            assertEquals(capacity, ring.size());
            assertEquals(0, consumed());
        }
        assertEquals(capacity, ring.poll(collector, ALL));
        assertSeen(0, capacity);
    }

    @Test
    void shouldKnowItsHighWaterMark() {
        commitSingles(0, capacity);
        assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
        assertEquals(capacity, ring.highWaterMark());
        drain();
        assertEquals(capacity, ring.highWaterMark());
        moveOn(3 * capacity);
        assertEquals(capacity, ring.highWaterMark());
    }

    private void drain() {
        while (!ring.isEmpty()) {
            ring.poll(collector, ALL);
        }
        seen.clear();
    }

    @Test
    void shouldNeverPutTheHighWaterMarkAboveTheTruth() {
        int fullest = 0;
        for (int round = 0; round < 4 * capacity; round++) {
            final int length = 1 + round % Math.max(1, capacity / 2);
            if (ring.tryClaim(length) >= 0) {
                ring.abort(ring.producerPosition() - length, length);
                fullest = Math.max(fullest, ring.size());
            }
            ring.poll(collector, Math.max(1, length / 2));
            ring.poll(collector, Math.max(1, length));
            assertTrue(ring.highWaterMark() <= fullest, ring.highWaterMark() + " > " + fullest);
        }
    }
}
