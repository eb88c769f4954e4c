/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.ring.ControlledFaultSlotHandler.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The operations of the rings allocate nothing, full, empty and aborted ones included. */
class ZeroAllocationTest {

    private static final int CAPACITY = 64;

    private final FaultSlotFlyweight slot = new FaultSlotFlyweight();
    private long sum;
    private int calls;

    private void fill(final FaultRing ring) {
        long position = ring.tryClaim(4);
        for (int group = 0; position >= 0; group++) {
            NumberedFault.writeGroup(ring, slot, position, group, 4);
            if (group % 8 == 3) {
                ring.abort(position, 4);
            } else {
                ring.commit(position, 4);
            }
            position = ring.tryClaim(4);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "C_.*", mode = EnumSource.Mode.MATCH_NONE)
    void shouldPollWithoutAllocating(final RingKind kind) {
        final FaultRing ring = kind.create(CAPACITY);
        final FaultSlotHandler handler = fault -> sum += fault.address() + fault.groupLength() + fault.raiseNanos();
        Allocations.assertNone(CAPACITY, () -> {
            fill(ring);
            while (!ring.isEmpty()) {
                sum += ring.poll(handler, 7);
            }
            sum += ring.poll(handler, 7);
        });
    }

    @ParameterizedTest
    @EnumSource(names = "C_.*", mode = EnumSource.Mode.MATCH_NONE)
    void shouldPollControlledWithoutAllocating(final RingKind kind) {
        final FaultRing ring = kind.create(CAPACITY);
        final Action[] actions = Action.values();
        final ControlledFaultSlotHandler handler = fault -> actions[calls++ & 3];
        Allocations.assertNone(CAPACITY, () -> {
            fill(ring);
            while (!ring.isEmpty()) {
                sum += ring.controlledPoll(handler, 7);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = "C_.*", mode = EnumSource.Mode.MATCH_NONE)
    void shouldLookWithoutAllocating(final RingKind kind) {
        final FaultRing ring = kind.create(CAPACITY);
        final FaultSlotHandler handler = fault -> sum += fault.cookie();
        Allocations.assertNone(CAPACITY, () -> {
            fill(ring);
            for (int length = ring.peekGroupLength(); length > 0; length = ring.peekGroupLength()) {
                sum += ring.size() + ring.highWaterMark() + ring.producerPosition() + ring.consumerPosition();
                assertEquals(length, ring.poll(handler, length));
            }
        });
    }

    @Test
    void shouldCarryAnswersWithoutAllocating() {
        final OneToOneResponseRing ring = new OneToOneResponseRing(28);
        final PageResponseHandler handler = (handle, code) -> sum += handle + code;
        Allocations.assertNone(ring.capacity(), () -> {
            int handle = 1;
            while (ring.offer(handle, 1)) {
                handle++;
                sum += ring.remaining();
            }
            while (ring.poll(handler, 5) > 0) {
                sum++;
            }
        });
    }

    @Test
    void shouldStampStagesWithoutAllocating() {
        final StageTimes stages = new StageTimes(2);
        Allocations.assertNone(5, () -> {
            final int row = stages.row(2, 33);
            stages.open(row, 1);
            stages.stamp(row, StageTimes.Stage.HANDLED, 2);
            sum += stages.isSampled(row) ? stages.nanos(row, StageTimes.Stage.RAISED) : 0;
            stages.skip(row);
        });
    }
}
