/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.delivery.ReadDelivery;
import org.faultring.ring.delivery.SharedRingDelivery;
import org.faultring.ring.kernel.BoundedFaultObject;
import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.LinuxFaultObject;

/**
 * A fault object and the delivery that works on it.
 *
 * @param sink      the object's side of the kernel world
 * @param responses answers on their way to the kernel world
 * @param delivery  the agent of the user world
 */
record UserSide(FaultSink sink, OneToOneResponseRing responses, Delivery delivery) {

    /** Make both for the design of a configuration. */
    static UserSide of(final FaultPathConfig config, final int maxGroups, final PageFaultHandler handler,
            final StageTimes stages, final NanoClock clock, final Tally tally) {
        // Never full while devices keep to their credits: an answer can give a credit back, and a new fault arrive for
        // it, before the poll that answered has given its slots back. Hence twice the credits, as a power of two.
        final int depth = 4 * Integer.highestOneBit(config.credits());
        return switch (config.design()) {
            case READ -> {
                final LinuxFaultObject object = new LinuxFaultObject(depth, maxGroups);
                yield new UserSide(object.sink(), object.responses(),
                        new ReadDelivery(object, config.batch(), handler, stages, clock, tally));
            }
            case SHARED_RING -> {
                final BoundedFaultObject object = new BoundedFaultObject(depth, maxGroups);
                yield new UserSide(object.sink(), object.responses(), new SharedRingDelivery(object.faults(),
                        object.responses(), object.doorbell(), config.batch(), handler, stages, clock, tally));
            }
        };
    }
}
