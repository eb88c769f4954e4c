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
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.BoundedFaultObject;
import org.faultring.ring.kernel.FaultObject;
import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.LinuxFaultObject;

/**
 * A fault object and the delivery that works on it.
 *
 * @param sink      the object's side of the kernel world
 * @param responses answers on their way to the kernel world
 * @param delivery  the agent of the user world
 * @param object    answers what a detach leaves behind, null if it cannot
 * @param file      that the delivery reads, null if there is none
 */
record UserSide(FaultSink sink, OneToOneResponseRing responses, Delivery delivery, FaultObject object,
        FaultFile file) {

    /** Make both for the design of a configuration. */
    static UserSide of(final FaultPathConfig config, final PathShape shape, final int number,
            final PageFaultHandler handler, final StageTimes stages, final NanoClock clock, final Tally tally,
            final PathHooks hooks) {
        return switch (config.design()) {
            case READ -> {
                final LinuxFaultObject object = new LinuxFaultObject(shape.objectDepth(), shape.maxGroups());
                final FaultFile file = hooks.file(number, object);
                yield new UserSide(hooks.sink(number, object.sink()), object.responses(),
                        hooks.reader(number, file, handler,
                                () -> new ReadDelivery(file, config.batch(), handler, stages, clock, tally)),
                        hooks.object(number, object), file);
            }
            case SHARED_RING -> {
                final BoundedFaultObject object = new BoundedFaultObject(shape.objectDepth(), shape.maxGroups());
                yield new UserSide(hooks.sink(number, object.sink()), object.responses(),
                        new SharedRingDelivery(object.faults(), object.responses(), object.doorbell(), config.batch(),
                                handler, stages, clock, tally),
                        null, null);
            }
        };
    }
}
