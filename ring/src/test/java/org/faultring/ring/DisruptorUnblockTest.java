/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.lmax.disruptor.Sequence;

/** What goes on when a producer of a {@link DisruptorFaultRing} has died between claim and commit. */
class DisruptorUnblockTest {

    private static final int ALL = Integer.MAX_VALUE;
    private static final int CAPACITY = 16;

    private final FaultSlotFlyweight slot = new FaultSlotFlyweight();
    private final List<Integer> seen = new ArrayList<>();

    private void commit(final FaultRing ring, final long position, final int first, final int length) {
        NumberedFault.writeGroup(ring, slot, position, first, length);
        ring.commit(position, length);
    }

    private int poll(final FaultRing ring) {
        seen.clear();
        return ring.poll(fault -> seen.add(fault.cookie()), ALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void shouldRepairTheWholeClaimOfADeadProducer(final int length) {
        final FaultRing ring = DisruptorFaultRing.manyToOne(CAPACITY);
        NumberedFault.commitGroup(ring, slot, 0, 2);
        ring.tryClaim(length);
        NumberedFault.commitGroup(ring, slot, 7, 3);
        assertFalse(ring.unblock(), "what stands at the consumer's position is visible");
        assertEquals(2, poll(ring));
        assertTrue(ring.isEmpty());
        assertTrue(ring.unblock());
        assertEquals(3, ring.peekGroupLength());
        assertFalse(ring.unblock());
        assertEquals(3, poll(ring));
        assertEquals(List.of(7, 8, 9), seen);
        assertFalse(ring.unblock(), "nothing is claimed");
        assertEquals(0, ring.size());
    }

    @Test
    void shouldLeaveTheOpenClaimOfALivingProducerAlone() {
        final FaultRing ring = DisruptorFaultRing.manyToOne(CAPACITY);
        ring.tryClaim(3);
        final long living = ring.tryClaim(2);
        assertTrue(ring.unblock());
        assertEquals(0, poll(ring));
        assertEquals(living, ring.consumerPosition());
        commit(ring, living, 4, 2);
        assertEquals(2, poll(ring));
        assertEquals(List.of(4, 5), seen);
    }

    @Test
    void shouldRepairAClaimWhoseProducerDiedWhileItWroteACommitOrAnAbort() {
        final DisruptorFaultRing ring = DisruptorFaultRing.manyToOne(CAPACITY);
        for (int lap = 0; lap < 10; lap++) {
            final long committing = ring.tryClaim(4);
            NumberedFault.writeGroup(ring, slot, committing, 0, 4);
            ring.sequencer.publish(committing + 1, committing + 3);
            final long aborting = ring.tryClaim(3);
            for (int i = 0; i < 3; i++) {
                LittleEndian.putShort(ring.buffer(),
                        ring.slotOffset(aborting + i) + FaultRingDescriptor.GROUP_LENGTH_OFFSET,
                        FaultRingDescriptor.PADDING);
            }
            NumberedFault.commitGroup(ring, slot, lap, 1);
            assertTrue(ring.isEmpty());
            assertTrue(ring.unblock());
            assertEquals(0, poll(ring));
            assertEquals(aborting, ring.consumerPosition());
            int repairs = 0;
            while (ring.unblock()) {
                repairs++;
                poll(ring);
            }
            assertTrue(repairs <= 3, repairs + " repairs");
            assertEquals(List.of(lap), seen);
            assertEquals(0, ring.size());
        }
    }

    @Test
    void shouldTakeNoMarkOfAnEarlierLapForAClaim() {
        final FaultRing ring = DisruptorFaultRing.manyToOne(CAPACITY);
        NumberedFault.commitGroup(ring, slot, 0, CAPACITY);
        assertEquals(CAPACITY, poll(ring));
        ring.tryClaim(1);
        final long living = ring.tryClaim(1);
        assertTrue(ring.unblock());
        assertEquals(0, poll(ring));
        assertEquals(living, ring.consumerPosition());
        assertTrue(ring.isEmpty());
    }

    @Test
    void shouldRepairAtTheSlowestReader() {
        final DisruptorFaultRing ring = DisruptorFaultRing.manyToOne(CAPACITY);
        final Sequence fast = new Sequence();
        final Sequence slow = new Sequence();
        ring.addGatingSequences(fast, slow);
        NumberedFault.commitGroup(ring, slot, 0, 2);
        ring.tryClaim(3);
        NumberedFault.commitGroup(ring, slot, 2, 1);
        fast.set(1);
        assertFalse(ring.unblock());
        slow.set(1);
        assertTrue(ring.unblock());
        assertFalse(ring.unblock());
        assertEquals(5, ring.sequencer.getHighestPublishedSequence(2, ring.cursor()));
        for (int i = 2; i < 5; i++) {
            assertTrue(ring.provider().get(i).isPadding());
        }
        assertFalse(ring.provider().get(5).isPadding());
    }

    @Test
    void shouldSayThatASingleProducersClaimIsNotForTheConsumerToRepair() {
        final FaultRing ring = DisruptorFaultRing.oneToOne(CAPACITY);
        final String message = "unblock: with one producer it is the successor that repairs, "
                + "see DisruptorFaultRing.oneToOne";
        assertEquals(message, assertThrows(UnsupportedOperationException.class, ring::unblock).getMessage());
        ring.tryClaim(1);
        assertEquals(message, assertThrows(UnsupportedOperationException.class, ring::unblock).getMessage());
        assertTrue(ring.isEmpty());
    }

    @Test
    void shouldLetTheSuccessorOfASingleProducerGoOnWithoutLoss() throws InterruptedException {
        final DisruptorFaultRing ring = DisruptorFaultRing.oneToOne(CAPACITY);
        final Thread dead = new Thread(() -> {
            NumberedFault.commitGroup(ring, slot, 0, 2);
            ring.tryClaim(3);
            final long committed = ring.tryClaim(2);
            commit(ring, committed, 2, 2);
            ring.tryClaim(1);
        });
        dead.start();
        dead.join();
        assertEquals(2, poll(ring));
        while (ring.cursor() + 1 < ring.producerPosition()) {
            ring.abort(ring.cursor() + 1, 1);
        }
        NumberedFault.commitGroup(ring, slot, 4, 1);
        assertEquals(3, poll(ring));
        assertEquals(List.of(2, 3, 4), seen);
        assertEquals(0, ring.size());
        assertEquals(9, ring.producerPosition());
    }
}
