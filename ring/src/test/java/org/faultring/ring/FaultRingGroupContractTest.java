/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

import org.faultring.ring.ControlledFaultSlotHandler.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link FaultRing} promises where several groups and padding stand in it at once. */
@ParameterizedClass(name = "{0}, capacity {1}, from {2}")
@MethodSource("rings")
class FaultRingGroupContractTest extends FaultRingContract {

    FaultRingGroupContractTest(final RingKind kind, final int capacity, final long start) {
        super(kind, capacity, start);
    }

    static Stream<Arguments> rings() {
        return everyKind(8, 1024);
    }

    @Test
    void shouldRefuseAGroupThatDoesNotFitNowAndStayAsItIs() {
        commitSingles(0, capacity - 1);
        assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(2));
        assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(capacity));
        assertEquals(capacity - 1, produced());
        assertEquals(capacity - 1, ring.size());
        commitGroup(capacity - 1, 1);
        assertEquals(capacity, ring.poll(collector, ALL));
        assertSeen(0, capacity);
    }

    @Test
    void shouldStopAtAnOpenClaimBetweenCommittedOnes() {
        final long first = NumberedFault.claim(ring, 2);
        final long second = NumberedFault.claim(ring, 3);
        final long third = NumberedFault.claim(ring, 1);
        final long fourth = NumberedFault.claim(ring, 2);
        NumberedFault.writeGroup(ring, slot, first, 0, 2);
        NumberedFault.writeGroup(ring, slot, second, 2, 3);
        NumberedFault.writeGroup(ring, slot, fourth, 5, 2);
        ring.commit(fourth, 2);
        ring.commit(first, 2);
        assertEquals(2, ring.poll(collector, ALL));
        assertNothingIsVisible();
        ring.abort(third, 1);
        assertNothingIsVisible();
        ring.commit(second, 3);
        assertEquals(5, ring.poll(collector, ALL));
        assertSeen(0, 7);
        assertEquals(8, consumed());
    }

    /** Shows what stands at the consumer's position, slot by slot. */
    private void look(final int slots) {
        for (int i = 0; i < slots; i++) {
            slot.wrap(ring.buffer(), ring.slotOffset(ring.consumerPosition() + i));
            if (!slot.isPadding()) {
                collector.onSlot(slot);
            }
        }
    }

    @Test
    void shouldShowWhatIsVisibleAndKeepItUntilItIsTaken() {
        moveOn(capacity - 3);
        commitGroup(0, 2);
        abort(2);
        commitGroup(2, 3);
        final long open = NumberedFault.claim(ring, 1);
        final long position = ring.consumerPosition();
        for (int i = 0; i < 2; i++) {
            assertEquals(7, ring.available(ALL));
            assertEquals(1, ring.available(1));
            assertEquals(6, ring.available(6));
            look(7);
            assertSeen(0, 5);
            seen.clear();
            assertEquals(position, ring.consumerPosition());
            assertEquals(8, ring.size());
            assertEquals(2, ring.peekGroupLength());
        }
        ring.abort(open, 1);
        ring.take(4);
        assertEquals(position + 4, ring.consumerPosition());
        assertEquals(4, ring.available(ALL));
        assertEquals(3, ring.peekGroupLength());
        ring.take(3);
        assertEquals(0, ring.poll(collector, ALL));
        assertEquals(0, ring.available(ALL));
        assertEquals(0, ring.size());
    }

    @Test
    void shouldTakeAGroupOfWhichOneSlotWasCounted() {
        commitGroup(0, 5);
        commitGroup(5, 1);
        assertEquals(1, ring.available(1));
        look(5);
        ring.take(5);
        assertEquals(1, ring.poll(collector, ALL));
        assertSeen(0, 6);
    }

    @Test
    void shouldShowAFullRingOnceAndGiveItsRoomBack() {
        moveOn(3);
        for (int lap = 0; lap < 3; lap++) {
            commitSingles(0, capacity);
            assertEquals(capacity, ring.available(ALL));
            look(capacity);
            assertSeen(0, capacity);
            seen.clear();
            assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
            ring.take(capacity);
        }
    }

    @Test
    void shouldHandOverWhatItsConsumerWroteToAFault() {
        commitGroup(0, 2);
        commitGroup(2, 1);
        for (int i = 0; i < ring.available(ALL); i++) {
            slot.wrap(ring.buffer(), ring.slotOffset(ring.consumerPosition() + i));
            slot.cookie(slot.cookie() + 100);
        }
        commitGroup(3, 1);
        assertEquals(4, ring.poll(collector, ALL));
        assertEquals(List.of(100L, 101L, 102L, 3L), seen);
    }

    @Test
    void shouldDeliverWhatStandsBeforeAndBehindAbortedSlots() {
        moveOn(capacity - 3);
        commitGroup(0, 2);
        abort(2);
        commitGroup(2, 1);
        abort(1);
        abort(1);
        commitGroup(3, 1);
        assertEquals(4, ring.poll(collector, ALL));
        assertSeen(0, 4);
        assertEquals(0, ring.size());
    }

    @Test
    void shouldSkipPaddingWhenItLooksForAGroup() {
        moveOn(capacity - 2);
        final long before = consumed();
        abort(1);
        abort(2);
        commitGroup(0, 4);
        assertEquals(4, ring.peekGroupLength());
        assertEquals(before + 3, consumed());
        assertEquals(4, ring.size());
        assertEquals(4, ring.peekGroupLength());
        assertEquals(4, ring.poll(collector, 4));
        assertSeen(0, 4);
    }

    @Test
    void shouldHandOverExactlyTheLimitWhileThereIsMore() {
        commitSingles(0, capacity);
        assertEquals(capacity - 1, ring.poll(collector, capacity - 1));
        assertSeen(0, capacity - 1);
        assertEquals(1, ring.size());
        assertEquals(1, ring.poll(collector, capacity - 1));
        assertSeen(0, capacity);
    }

    @Test
    void shouldLookAtPaddingWithinTheLimit() {
        abort(3);
        commitGroup(0, 1);
        abort(1);
        commitGroup(1, 1);
        assertEquals(0, ring.poll(collector, 2));
        assertEquals(2, consumed());
        assertEquals(1, ring.controlledPoll(fault -> collect(fault, Action.CONTINUE), 3));
        assertEquals(5, consumed());
        assertEquals(1, ring.poll(collector, 1));
        assertSeen(0, 2);
    }

    @Test
    void shouldBeginTheNextPollWithTheFaultThatWasLeft() {
        commitGroup(0, 5);
        final Deque<Action> script = new ArrayDeque<>(List.of(Action.CONTINUE, Action.COMMIT, Action.ABORT));
        assertEquals(2, ring.controlledPoll(fault -> collect(fault, script.poll()), ALL));
        assertEquals(2, consumed());
        script.addAll(List.of(Action.CONTINUE, Action.BREAK));
        assertEquals(2, ring.controlledPoll(fault -> collect(fault, script.poll()), ALL));
        assertEquals(4, consumed());
        assertEquals(List.of(0L, 1L, 2L, 2L, 3L), seen);
        assertEquals(1, ring.poll(collector, ALL));
        assertTrue(script.isEmpty());
    }

    @Test
    void shouldLeaveTheFaultBehindPaddingAtWhichTheHandlerAborts() {
        abort(2);
        commitGroup(0, 1);
        assertEquals(0, ring.controlledPoll(fault -> collect(fault, Action.ABORT), ALL));
        assertEquals(0, ring.controlledPoll(fault -> collect(fault, Action.ABORT), ALL));
        assertEquals(1, ring.poll(collector, ALL));
        assertEquals(List.of(0L, 0L, 0L), seen);
        assertEquals(0, ring.size());
    }

    @Test
    void shouldHaveConsumedAllSlotsUpToTheOneOfAHandlerThatThrows() {
        commitGroup(0, 3);
        abort(1);
        commitGroup(3, 4);
        assertThrows(IllegalStateException.class, () -> ring.poll(fault -> {
            collector.onSlot(fault);
            if (seen.size() == 5) {
                throw new IllegalStateException();
            }
        }, ALL));
        assertEquals(6, consumed());
        assertSeen(0, 5);
        assertEquals(2, ring.poll(collector, ALL));
        assertSeen(0, 7);
    }

    @Test
    void shouldNeverCutAGroupInADrain() {
        moveOn(capacity - 3);
        commitGroup(0, 3);
        commitGroup(3, 1);
        commitGroup(4, 4);
        assertEquals(0, ring.drain(collector, 1));
        assertEquals(0, ring.drain(collector, 2));
        assertEquals(capacity - 3, consumed());
        assertEquals(3, ring.drain(collector, 3));
        assertEquals(1, ring.drain(collector, 4));
        assertEquals(0, ring.drain(collector, 3));
        assertEquals(4, ring.size());
        assertEquals(4, ring.drain(collector, 7));
        assertSeen(0, 8);
        assertEquals(0, ring.drain(collector, ALL));
    }

    @Test
    void shouldDrainAsManyGroupsAsFitIntoTheLimit() {
        commitGroup(0, 2);
        commitGroup(2, 3);
        commitGroup(5, 3);
        assertEquals(5, ring.drain(collector, 7));
        assertEquals(3, ring.drain(collector, ALL));
        assertSeen(0, 8);
    }

    @Test
    void shouldLookAtPaddingWithinTheLimitOfADrain() {
        abort(2);
        commitGroup(0, 3);
        abort(1);
        commitGroup(3, 2);
        assertEquals(0, ring.drain(collector, 4));
        assertEquals(2, consumed());
        assertEquals(3, ring.drain(collector, 5));
        assertEquals(6, consumed());
        assertEquals(2, ring.drain(collector, 2));
        assertSeen(0, 5);
        assertEquals(0, ring.size());
    }

    @Test
    void shouldDrainWhatAPollHasLeftOfAGroup() {
        commitGroup(0, 4);
        commitGroup(4, 3);
        assertEquals(2, ring.poll(collector, 2));
        assertEquals(0, ring.peekGroupLength());
        assertEquals(1, ring.drain(collector, 1));
        assertEquals(1, ring.drain(collector, 3));
        assertEquals(3, ring.peekGroupLength());
        assertEquals(3, ring.drain(collector, 3));
        assertSeen(0, 7);
    }

    @Test
    void shouldNotDrainAnOpenGroupBehindCommittedOnes() {
        commitGroup(0, 3);
        final long position = NumberedFault.claim(ring, 3);
        NumberedFault.writeGroup(ring, slot, position, 3, 3);
        assertEquals(3, ring.drain(collector, ALL));
        assertNothingIsVisible();
        ring.commit(position, 3);
        assertEquals(3, ring.drain(collector, ALL));
        assertSeen(0, 6);
    }

    @Test
    void shouldDrainTheRestOfAGroupWhoseHandlerHasThrown() {
        commitGroup(0, 4);
        commitGroup(4, 2);
        assertThrows(IllegalStateException.class, () -> ring.drain(fault -> {
            collector.onSlot(fault);
            if (seen.size() == 2) {
                throw new IllegalStateException();
            }
        }, 4));
        assertEquals(2, consumed());
        assertEquals(4, ring.drain(collector, ALL));
        assertSeen(0, 6);
    }
}
