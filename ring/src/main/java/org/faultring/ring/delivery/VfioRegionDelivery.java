/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.faultring.ring.FaultRing;
import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.EventCounter;
import org.faultring.ring.file.Wait;

/**
 * The design {@code vfio-region}: a ring of faults in a mapped region, and one counter as its interrupt, which is taken
 * once for each wake-up. What VFIO was proposed to have in the years 2019 to 2021, before iommufd. Answers go back
 * through a second mapped ring.
 *
 * <p>Unlike {@code shared-ring}, the producer does not know whether anybody waits: it signals whenever its rule says.
 *
 * <p>Waits on: events(interrupts); nothing while the ring of answers is full. Copies: nothing. Faults come in the order
 * of the ring.
 */
public final class VfioRegionDelivery implements Delivery {

    private final MappedRings rings;
    private final EventCounter interrupts;
    private final Tally tally;
    private final Wait interruptWait;
    private final Wait spin = Wait.spin();
    private Wait wait = spin;

    /**
     * A delivery over mapped rings.
     *
     * @param faults     to take from
     * @param responses  to answer through
     * @param interrupts counts arrivals; no one else takes it
     * @param batch      most faults of one duty cycle, 1..{@link ReadDelivery#MAX_RECORDS_PER_READ}
     * @param context    what handles faults
     */
    public VfioRegionDelivery(final FaultRing faults, final OneToOneResponseRing responses,
            final EventCounter interrupts, final int batch, final HandlerContext context) {
        rings = new MappedRings(faults, responses, batch, context);
        this.interrupts = interrupts;
        tally = context.tally();
        interruptWait = Wait.events(interrupts);
    }

    @Override
    public int doWork() {
        int handled = rings.take();
        if (handled == 0) {
            handled = acknowledge();
        }
        wait = handled == MappedRings.NO_ROOM ? spin : interruptWait;
        tally.publish();
        return Math.max(handled, 0);
    }

    /** Nothing there: take the interrupt, then look once more; what comes after that is counted again. */
    private int acknowledge() {
        tally.increment(Counter.EVENT_READS);
        interrupts.take();
        return rings.take();
    }

    @Override
    public Wait waitingOn() {
        return wait;
    }

    @Override
    public String roleName() {
        return "vfio-region";
    }
}
