/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.ring.file.FileShape.EmptyRead;

/** All designs over a file; a posted read waits in a pipe that blocks. */
class PipeDesignsTest extends DesignsContract {

    @Override
    StandInAvailability availability(final int inFlight) {
        return StandInAvailability.pipe(inFlight);
    }

    @Override
    boolean carries(final DeliveryDesign design) {
        return design.readsFile() && design.isServing();
    }

    @Override
    Faults open(final DeliveryDesign design, final int inFlight) {
        final PipeFaults pipe = new PipeFaults(inFlight, Math.max(1, inFlight / 2),
                design == DeliveryDesign.POSTED_READ || design == DeliveryDesign.COMMIT_AND_FETCH ? EmptyRead.BLOCKS
                        : EmptyRead.RETURNS_EAGAIN);
        if (design != DeliveryDesign.EVENTFD) {
            return new Faults(pipe, null);
        }
        final EventFd events = new EventFd();
        pipe.signal(events);
        return new Faults(pipe, events);
    }

    @Override
    boolean isOrdered() {
        return true;
    }
}
