/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.faultring.ring.Checks;
import org.faultring.ring.FaultRing;
import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/** A ring of faults and one of answers, mapped into the handler: faults are handled where they lie. */
final class MappedRings implements FaultSlotHandler {

    /** {@link #take()}: the ring of answers is full. */
    static final int NO_ROOM = -1;

    private final FaultRing faults;
    private final OneToOneResponseRing responses;
    private final int batch;
    private final GroupHandling handling;
    private final Tally tally;

    MappedRings(final FaultRing faults, final OneToOneResponseRing responses, final int batch,
            final HandlerContext context) {
        this.faults = faults;
        this.responses = responses;
        this.batch = Checks.range("batch", batch, 1, FileBatch.MAX_RECORDS);
        handling = context.handling();
        tally = context.tally();
    }

    /** Handle a batch: faults, or {@link #NO_ROOM}. */
    int take() {
        // An answer for each fault polled must fit, so that none is ever lost.
        final int limit = Math.min(batch, responses.remaining());
        if (limit == 0) {
            return NO_ROOM;
        }
        final int handled = faults.poll(this, limit);
        tally.add(Counter.FAULTS_HANDLED, handled);
        return handled;
    }

    @Override
    public void onSlot(final FaultSlotFlyweight slot) {
        final int row = slot.raiseNanos() == StageTimes.NOT_SAMPLED ? GroupHandling.NOT_SAMPLED : handling.rowOf(slot);
        if (handling.closesGroup(slot, row) && !responses.offer(slot.cookie(), handling.answer())) {
            // Cannot be: the poll was limited to the room there is, and a group has at least one fault.
            tally.increment(Counter.ANSWERS_LOST);
        }
    }
}
