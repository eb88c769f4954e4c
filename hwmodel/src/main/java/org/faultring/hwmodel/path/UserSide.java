/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.delivery.ReadDelivery;
import org.faultring.ring.delivery.SharedRingDelivery;
import org.faultring.ring.kernel.BoundedFaultObject;
import org.faultring.ring.kernel.BoundedLimits;
import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.GroupTable;
import org.faultring.ring.kernel.LinuxFaultObject;
import org.faultring.ring.kernel.PageResponder;
import org.faultring.ring.kernel.PageResponsePort;

/**
 * A fault object with the delivery that works on it, and what gives its answers to the driver.
 *
 * @param sink      the object's side of the kernel world
 * @param groups    in which its open groups stand
 * @param responder the kernel world's, for its answers
 * @param delivery  the agent of the user world
 */
record UserSide(FaultSink sink, GroupTable groups, PageResponder responder, Delivery delivery) {

    /** What both designs need. */
    record Parts(PageFaultHandler handler, PageResponsePort port, StageTimes stages, NanoClock clock, Tally kernelTally,
            Tally userTally) {}

    /** Make all for the design of a configuration. */
    static UserSide of(final FaultPathConfig config, final int maxGroups, final Parts parts) {
        // Never full while devices keep to their credits: an answer can give a credit back, and a new fault arrive for
        // it, before the poll that answered has given its slots back. Hence twice the credits, as a power of two.
        final int depth = 4 * Integer.highestOneBit(config.credits());
        return switch (config.design()) {
            case READ -> {
                final LinuxFaultObject object = new LinuxFaultObject(depth, maxGroups);
                final GroupTable groups = new GroupTable(maxGroups);
                yield new UserSide(object.sink(), groups,
                        new PageResponder(object.responses(), groups, parts.port, parts.stages, parts.clock,
                                parts.kernelTally),
                        new ReadDelivery(object, config.batch(), parts.handler, parts.stages, parts.clock,
                                parts.userTally));
            }
            case SHARED_RING -> {
                final BoundedFaultObject object = new BoundedFaultObject(BoundedLimits.of(depth, maxGroups));
                yield new UserSide(object.sink(), object.groups(),
                        object.responder(parts.port, parts.stages, parts.clock, parts.kernelTally),
                        new SharedRingDelivery(object.faults(), object.responses(), object.doorbell(), config.batch(),
                                parts.handler, parts.stages, parts.clock, parts.userTally));
            }
        };
    }
}
