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
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.BoundedFaultObject;
import org.faultring.ring.kernel.BoundedLimits;
import org.faultring.ring.kernel.FaultObject;
import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.GroupTable;
import org.faultring.ring.kernel.LinuxFaultObject;
import org.faultring.ring.kernel.PageResponder;
import org.faultring.ring.kernel.PageResponsePort;

/**
 * A fault object with the delivery that works on it, and what gives its answers to the driver.
 *
 * @param sink      the object's side of the kernel world
 * @param ownGroups in which its open groups stand, null if that is the table that objects share
 * @param responder the kernel world's, for its answers
 * @param delivery  the agent of the user world
 * @param object    answers what a detach leaves behind
 * @param file      that the delivery reads, null if there is none
 */
record UserSide(FaultSink sink, GroupTable ownGroups, PageResponder responder, Delivery delivery, FaultObject object,
        FaultFile file) {

    /** What every design needs. */
    record Parts(PageFaultHandler handler, GroupTable groups, PageResponsePort port, StageTimes stages, NanoClock clock,
            Tally kernelTally, Tally userTally) {}

    /** Make all for the design of a configuration. */
    static UserSide of(final FaultPathConfig config, final PathShape shape, final int number, final Parts parts,
            final PathHooks hooks) {
        final PageFaultHandler handler = hooks.handler(number, parts.handler);
        return switch (config.design()) {
            case READ -> {
                final LinuxFaultObject object = new LinuxFaultObject(shape.objectDepth(), shape.maxGroups());
                final FaultFile file = hooks.file(number, object);
                yield new UserSide(hooks.sink(number, object.sink()), null,
                        new PageResponder(object.responses(), parts.groups, parts.port, parts.stages, parts.clock,
                                parts.kernelTally),
                        hooks.reader(number, file, handler,
                                () -> new ReadDelivery(file, config.batch(), handler, parts.stages, parts.clock,
                                        parts.userTally)),
                        hooks.object(number, object), file);
            }
            case SHARED_RING -> {
                final BoundedFaultObject object = new BoundedFaultObject(hooks.limits(number,
                        BoundedLimits.of(shape.objectDepth(), shape.maxGroups())));
                yield new UserSide(hooks.sink(number, object.sink()), object.groups(),
                        object.responder(parts.port, parts.stages, parts.clock, parts.kernelTally),
                        hooks.ringReader(number, object.faults(),
                                () -> new SharedRingDelivery(object.faults(), object.responses(), object.doorbell(),
                                        config.batch(), handler, parts.stages, parts.clock, parts.userTally)),
                        hooks.object(number, object), null);
            }
        };
    }

    /** Requests in open groups that stand in a table of this object alone. */
    long ownOpenRequests() {
        return ownGroups == null ? 0 : ownGroups.openRequests();
    }
}
