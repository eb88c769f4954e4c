/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import java.util.function.IntSupplier;

import org.agrona.concurrent.Agent;
import org.faultring.ring.file.Wait;
import org.faultring.ring.file.WakeCount;

/**
 * One way for user space to get faults and give answers. Written once, run on the model and on a real kernel.
 *
 * <p>A delivery never waits. {@code doWork()} makes only calls that return at once; when it returned 0,
 * {@link #waitingOn()} says what would make another call worthwhile, and the host decides how to wait for that.
 */
public interface Delivery extends Agent {

    /**
     * A delivery that is called again and again and waits on nothing, as a handler in a simulator's own loop.
     *
     * @param roleName see {@link Agent#roleName()}
     * @param work     one duty cycle: returns the work done, 0 for none
     * @return the delivery
     */
    static Delivery polling(final String roleName, final IntSupplier work) {
        return new PollingDelivery(roleName, work, Wait.spin());
    }

    /**
     * A delivery that takes nothing and waits on what never comes: nobody in user space, or one that hangs.
     *
     * @param roleName see {@link Agent#roleName()}
     * @return the delivery
     */
    static Delivery silent(final String roleName) {
        return new PollingDelivery(roleName, () -> 0, Wait.counter(new WakeCount()).armed(0));
    }

    /**
     * Called by the agent's thread after {@code doWork()} returned 0.
     *
     * @return what to wait on; the same object may be returned each time
     */
    Wait waitingOn();
}
