/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import java.util.function.IntSupplier;

import org.faultring.ring.file.Wait;

/** What somebody else does in a duty cycle. */
record PollingDelivery(String roleName, IntSupplier work, Wait waitingOn) implements Delivery {

    @Override
    public int doWork() {
        return work.getAsInt();
    }
}
