/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.ring.delivery.BusyReadDelivery;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.EventFdDelivery;
import org.faultring.ring.delivery.HandlerContext;
import org.faultring.ring.delivery.ReadDelivery;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.ModelEventCounter;
import org.faultring.ring.kernel.LinuxFaultObject;
import org.faultring.ring.kernel.PageResponder;

/** The designs that read the fault object of Linux as a file, by system calls. */
final class FileSides {

    /** The first proposal had a call for each answer. */
    private static final int EVENTFD_ANSWERS_PER_CALL = 1;

    private FileSides() {}

    static UserSide of(final FaultPathConfig config, final PathShape shape, final int number,
            final UserSide.Parts parts, final PathHooks hooks) {
        final LinuxFaultObject object = new LinuxFaultObject(shape.objectDepth(), shape.maxGroups());
        final FaultFile file = hooks.file(number, object);
        return new UserSide(hooks.sink(number, object.sink()), null,
                new PageResponder(object.responses(), parts.groups(), parts.port(), parts.stages(), parts.clock(),
                        parts.kernelTally())::doWork,
                hooks.reader(number, file, parts.handler(), () -> delivery(config, shape, object, file, parts)),
                hooks.object(number, object), file);
    }

    private static Delivery delivery(final FaultPathConfig config, final PathShape shape,
            final LinuxFaultObject object, final FaultFile file, final UserSide.Parts parts) {
        final HandlerContext context = parts.context();
        return switch (config.design()) {
            case EVENTFD -> new EventFdDelivery(new ModelEventCounter(object.wakes()), file, config.batch(),
                    EVENTFD_ANSWERS_PER_CALL, context);
            case INJECT -> new GuestSide(file, config, shape, parts);
            case BUSY_READ -> new BusyReadDelivery(file, config.batch(), config.batch(), context);
            default -> new ReadDelivery(file, config.batch(), ReadDelivery.MAX_RECORDS_PER_READ, context);
        };
    }
}
