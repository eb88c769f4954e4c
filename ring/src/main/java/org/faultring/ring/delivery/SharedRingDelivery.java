/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.Checks;
import org.faultring.ring.FaultRing;
import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.Doorbell;
import org.faultring.ring.file.Wait;

/**
 * The design {@code shared-ring}: the fault ring is mapped into the handler, answers go back through a second ring. No
 * call, no copy.
 *
 * <p>Waits on: counter(doorbell), which rings when the ring goes from empty to non-empty; nothing while the ring of
 * answers is full. Copies: nothing.
 */
public final class SharedRingDelivery implements Delivery, FaultSlotHandler {

    private final FaultRing faults;
    private final OneToOneResponseRing responses;
    private final Doorbell doorbell;
    private final GroupHandling handling;
    private final Tally tally;
    private final Wait doorbellWait;
    private final Wait spin = Wait.spin();
    private final int batch;
    private Wait wait = spin;

    /**
     * A delivery over mapped rings.
     *
     * @param faults    to take from
     * @param responses to answer through
     * @param doorbell  to wait on
     * @param batch     most faults of one duty cycle, 1..4096
     * @param handler   of the faults
     * @param stages    stamped for sampled groups
     * @param clock     of the path
     * @param tally     of the world that calls
     */
    public SharedRingDelivery(final FaultRing faults, final OneToOneResponseRing responses, final Doorbell doorbell,
            final int batch, final PageFaultHandler handler, final StageTimes stages, final NanoClock clock,
            final Tally tally) {
        this.faults = faults;
        this.responses = responses;
        this.doorbell = doorbell;
        this.batch = Checks.range("batch", batch, 1, 4096);
        this.handling = new GroupHandling(handler, stages, clock, tally);
        this.tally = tally;
        this.doorbellWait = Wait.counter(doorbell.rings());
    }

    @Override
    public int doWork() {
        // An answer for each fault polled must fit, so that none is ever lost.
        final int limit = Math.min(batch, responses.remaining());
        if (limit == 0) {
            wait = spin;
            return 0;
        }
        final int handled = faults.poll(this, limit);
        if (handled > 0) {
            tally.add(Counter.FAULTS_HANDLED, handled);
            tally.publish();
            return handled;
        }
        // Nothing there: ask to be woken, then look once more, see Doorbell.
        wait = doorbellWait.armed(doorbell.arm());
        final int late = faults.poll(this, limit);
        tally.add(Counter.FAULTS_HANDLED, late);
        tally.publish();
        return late;
    }

    @Override
    public void onSlot(final FaultSlotFlyweight slot) {
        final int row = slot.raiseNanos() == StageTimes.NOT_SAMPLED ? GroupHandling.NOT_SAMPLED : handling.rowOf(slot);
        if (handling.closesGroup(slot, row) && !responses.offer(slot.cookie(), handling.answer())) {
            // Cannot be: the poll was limited to the room there is, and a group has at least one fault.
            tally.increment(Counter.ANSWERS_LOST);
        }
    }

    @Override
    public Wait waitingOn() {
        return wait;
    }

    @Override
    public String roleName() {
        return "shared-ring";
    }
}
