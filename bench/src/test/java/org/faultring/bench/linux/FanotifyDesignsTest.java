/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import org.faultring.hwmodel.path.DeliveryDesign;

/** Designs that read by system calls: a message becomes a record as it is read. */
class FanotifyDesignsTest extends DesignsContract {

    @Override
    StandInAvailability availability(final int inFlight) {
        return StandInAvailability.fanotify(inFlight);
    }

    @Override
    boolean carries(final DeliveryDesign design) {
        return design == DeliveryDesign.READ || design == DeliveryDesign.BUSY_READ;
    }

    @Override
    Faults open(final DeliveryDesign design, final int inFlight) {
        return new Faults(new FanotifyFaults(inFlight), null);
    }

    @Override
    boolean isOrdered() {
        return false;
    }
}
