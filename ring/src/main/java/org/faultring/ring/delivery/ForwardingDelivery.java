/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.faultring.ring.file.Wait;

/** A delivery that does what another does, for those that stand in front of its duty cycles. One thread. */
public class ForwardingDelivery implements Delivery {

    private final Delivery delivery;

    /**
     * In front of another.
     *
     * @param delivery does the work
     */
    protected ForwardingDelivery(final Delivery delivery) {
        this.delivery = delivery;
    }

    @Override
    public int doWork() throws Exception {
        return delivery.doWork();
    }

    @Override
    public Wait waitingOn() {
        return delivery.waitingOn();
    }

    @Override
    public String roleName() {
        return delivery.roleName();
    }
}
