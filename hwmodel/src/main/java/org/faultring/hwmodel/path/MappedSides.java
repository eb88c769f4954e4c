/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.ring.FaultRing;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.HandlerContext;
import org.faultring.ring.delivery.SharedRingDelivery;
import org.faultring.ring.delivery.VfioRegionDelivery;
import org.faultring.ring.kernel.ModelEventCounter;
import org.faultring.ring.kernel.BoundedFaultObject;
import org.faultring.ring.kernel.FaultSink;

/** The designs whose rings are mapped into the handler. */
final class MappedSides {

    private MappedSides() {}

    static UserSide of(final FaultPathConfig config, final PathShape shape, final int number,
            final UserSide.Parts parts, final PathHooks hooks) {
        final BoundedFaultObject object = new BoundedFaultObject(
                hooks.limits(number, shape.rules().limits(shape.objectDepth(), shape.maxGroups())), parts.clock());
        final HandlerContext context = parts.context();
        final FaultRing faults = hooks.faults(number, object.faults());
        final FaultSink sink;
        final Delivery delivery;
        if (config.design() == DeliveryDesign.VFIO_REGION) {
            final SignallingSink signalling = new SignallingSink(object.sink(),
                    config.delivery().wakeRule());
            sink = signalling;
            delivery = hooks.ringReader(number, object, parts.handler(), () -> new VfioRegionDelivery(faults,
                    object.responses(), new ModelEventCounter(signalling.signals()), config.batch(), context));
        } else {
            sink = object.sink();
            delivery = hooks.ringReader(number, object, parts.handler(), () -> new SharedRingDelivery(faults,
                    object.responses(), object.doorbell(), config.batch(), parts.handler(), parts.stages(),
                    parts.clock(), parts.userTally()));
        }
        return new UserSide(hooks.sink(number, sink), object.groups(),
                object.responder(parts.port(), parts.stages(), parts.clock(), parts.kernelTally())::doWork, delivery,
                hooks.object(number, object), null);
    }
}
