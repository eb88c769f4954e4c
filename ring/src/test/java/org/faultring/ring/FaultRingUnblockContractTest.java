/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link FaultRing} that can repair the claim of a dead producer promises there. */
@ParameterizedClass(name = "{0}, capacity {1}, from {2}")
@MethodSource("rings")
class FaultRingUnblockContractTest extends FaultRingContract {

    FaultRingUnblockContractTest(final RingKind kind, final int capacity, final long start) {
        super(kind, capacity, start);
    }

    static Stream<Arguments> rings() {
        return everyKind(1, 2, 8, 1024).filter(ring -> ((RingKind) ring.get()[0]).canUnblock());
    }

    /** Some lengths that a claim can have. */
    private int[] lengths() {
        return IntStream.of(1, 2, 3, 7, capacity).filter(length -> length <= capacity).distinct().toArray();
    }

    /** What a claim leaves when its producer dies before it writes anything. */
    private long deadClaim(final int length) {
        return NumberedFault.claim(ring, length);
    }

    private void unblockOnce(final int length) {
        final long before = consumed();
        assertNothingIsVisible();
        assertTrue(ring.unblock());
        assertFalse(ring.unblock());
        assertEquals(before, consumed());
        assertEquals(0, ring.poll(collector, length));
        assertEquals(before + length, consumed());
    }

    /** The ring carries what it should for more than a lap. */
    private void assertAsGoodAsNew() {
        assertEquals(0, ring.size());
        assertFalse(ring.unblock());
        final long high = ring.highWaterMark();
        for (int lap = 0; lap < 3; lap++) {
            seen.clear();
            commitGroup(lap, capacity);
            assertFalse(ring.unblock());
            assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
            assertEquals(capacity, ring.drain(collector, ALL));
            assertSeen(lap, capacity);
        }
        assertTrue(ring.highWaterMark() >= high);
        seen.clear();
    }

    @Test
    void shouldHaveNothingToDoWhereNoClaimIsOpen() {
        assertFalse(ring.unblock());
        commitGroup(0, capacity);
        assertFalse(ring.unblock());
        assertEquals(capacity, ring.poll(collector, ALL));
        assertFalse(ring.unblock());
        abort(capacity);
        assertFalse(ring.unblock());
        assertEquals(0, ring.poll(collector, ALL));
        assertSeen(0, capacity);
        assertEquals(2L * capacity, consumed());
        assertEquals(2L * capacity, produced());
    }

    @Test
    void shouldSkipADeadClaimOfAnyLengthAsAWhole() {
        for (final int length : lengths()) {
            deadClaim(length);
            assertEquals(length, ring.size());
            unblockOnce(length);
            assertAsGoodAsNew();
        }
    }

    @Test
    void shouldSkipADeadClaimThatWasWritten() {
        for (final int length : lengths()) {
            moveOn(1);
            NumberedFault.writeGroup(ring, slot, deadClaim(length), 0, length);
            unblockOnce(length);
            assertAsGoodAsNew();
        }
    }

    @Test
    void shouldSkipADeadClaimWhoseCommitWasUnderWay() {
        for (final int length : lengths()) {
            for (int committed = 1; committed < length; committed += 1 + committed) {
                final long position = deadClaim(length);
                NumberedFault.writeGroup(ring, slot, position, 0, length);
                ring.commit(position + length - committed, committed);
                unblockOnce(length);
                moveOn(1);
            }
            assertAsGoodAsNew();
        }
    }

    @Test
    void shouldSkipADeadClaimWhoseAbortWasUnderWay() {
        for (final int length : lengths()) {
            for (int aborted = 1; aborted < length; aborted += 1 + aborted) {
                final long position = deadClaim(length);
                ring.abort(position + length - aborted, aborted);
                unblockOnce(length);
                moveOn(1);
            }
            assertAsGoodAsNew();
        }
    }

    /** Neither the stamp nor the length of the lap before may be taken for those of the claim. */
    @Test
    void shouldNotTakeAnOlderGroupForTheClaim() {
        for (int lap = 0; lap < 3; lap++) {
            commitGroup(0, capacity);
            assertEquals(capacity, ring.poll(collector, ALL));
            deadClaim(1);
            if (capacity > 1) {
                commitGroup(7, 1);
            }
            unblockOnce(1);
            seen.clear();
            ring.poll(collector, ALL);
            assertSeen(7, capacity > 1 ? 1 : 0);
            moveOn(Math.max(0, capacity - 2));
        }
        assertAsGoodAsNew();
    }

    @Test
    void shouldHandOverWhatStandsBeforeAndBehindADeadClaim() {
        assumeTrue(capacity >= 8);
        moveOn(capacity - 3);
        commitGroup(0, 2);
        final long dead = deadClaim(3);
        NumberedFault.writeGroup(ring, slot, dead, 100, 3);
        ring.commit(dead + 1, 2);
        commitGroup(2, 2);
        final long open = NumberedFault.claim(ring, 1);
        assertFalse(ring.unblock());
        assertEquals(2, ring.drain(collector, ALL));
        assertNothingIsVisible();
        assertTrue(ring.unblock());
        assertEquals(2, ring.drain(collector, ALL));
        assertNothingIsVisible();
        NumberedFault.writeGroup(ring, slot, open, 4, 1);
        ring.commit(open, 1);
        assertEquals(1, ring.drain(collector, ALL));
        assertSeen(0, 5);
        assertAsGoodAsNew();
    }

    @Test
    void shouldTakeDeadClaimsOneAfterTheOther() {
        assumeTrue(capacity >= 8);
        deadClaim(2);
        deadClaim(1);
        commitGroup(0, 2);
        deadClaim(3);
        unblockOnce(2);
        unblockOnce(1);
        assertEquals(2, ring.poll(collector, ALL));
        assertSeen(0, 2);
        unblockOnce(3);
        assertAsGoodAsNew();
    }

    @Test
    void shouldGiveTheSlotsOfADeadClaimBackToTheProducers() {
        deadClaim(capacity);
        assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
        assertTrue(ring.unblock());
        assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
        assertEquals(0, ring.peekGroupLength());
        assertEquals(0, ring.poll(collector, ALL));
        assertAsGoodAsNew();
    }

    /** Between the position and the mark of a claim nobody knows how long it is. */
    @Test
    void shouldSkipAClaimWithoutAMarkSlotBySlot() {
        assumeTrue(ring instanceof StampedFaultRing);
        for (final int length : lengths()) {
            commitGroup(0, capacity);
            assertEquals(capacity, ring.poll(collector, ALL));
            final int offset = ring.slotOffset(ring.producerPosition()) + FaultRingDescriptor.STAMP_OFFSET;
            final long stamp = LittleEndian.getLong(ring.buffer(), offset);
            deadClaim(length);
            LittleEndian.putLong(ring.buffer(), offset, stamp);
            for (int i = 0; i < length; i++) {
                unblockOnce(1);
            }
            assertAsGoodAsNew();
        }
    }

    /** The last store of an abort is the stamp of the first slot; the one before overwrites its group length. */
    @Test
    void shouldSkipADeadClaimAtTheEndOfItsAbortAndNothingBehind() {
        assumeTrue(ring instanceof StampedFaultRing && capacity >= 8);
        final long dead = deadClaim(3);
        ring.abort(dead + 1, 2);
        LittleEndian.putShort(ring.buffer(), ring.slotOffset(dead) + FaultRingDescriptor.GROUP_LENGTH_OFFSET,
                FaultRingDescriptor.PADDING);
        commitGroup(0, 2);
        final long open = NumberedFault.claim(ring, 1);
        unblockOnce(3);
        assertEquals(2, ring.poll(collector, ALL));
        assertNothingIsVisible();
        NumberedFault.writeGroup(ring, slot, open, 2, 1);
        ring.commit(open, 1);
        assertEquals(1, ring.poll(collector, ALL));
        assertSeen(0, 3);
        assertAsGoodAsNew();
    }
}
