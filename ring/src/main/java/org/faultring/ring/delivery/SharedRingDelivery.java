/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.FaultRing;
import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.StageTimes;
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
public final class SharedRingDelivery implements Delivery {

    private final MappedRings rings;
    private final Doorbell doorbell;
    private final Tally tally;
    private final Wait doorbellWait;
    private final Wait spin = Wait.spin();
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
        this.rings = new MappedRings(faults, responses, batch, new HandlerContext(handler, stages, clock, tally));
        this.doorbell = doorbell;
        this.tally = tally;
        this.doorbellWait = Wait.counter(doorbell.rings());
    }

    @Override
    public int doWork() {
        int handled = rings.take();
        if (handled == 0) {
            // Nothing there: ask to be woken, then look once more, see Doorbell.
            wait = doorbellWait.armed(doorbell.arm());
            handled = rings.take();
        }
        if (handled == MappedRings.NO_ROOM) {
            wait = spin;
            return 0;
        }
        tally.publish();
        return handled;
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
