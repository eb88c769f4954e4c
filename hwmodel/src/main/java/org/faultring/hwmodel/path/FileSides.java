/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.kernel.ModelEventCounter;
import org.faultring.ring.kernel.LinuxFaultObject;
import org.faultring.ring.kernel.PageResponder;

/** The designs that read the fault object of Linux as a file, by system calls. */
final class FileSides {

    private FileSides() {}

    static UserSide of(final FaultPathConfig config, final PathShape shape, final int number,
            final UserSide.Parts parts, final PathHooks hooks) {
        final LinuxFaultObject object = new LinuxFaultObject(shape.objectDepth(), shape.maxGroups(),
                FileShape.IOMMUFD_FAULT, config.delivery().wakeRule());
        final FaultFile file = hooks.file(number, object);
        return new UserSide(hooks.sink(number, object.sink()), null,
                new PageResponder(object.responses(), parts.groups(), parts.port(), parts.stages(), parts.clock(),
                        parts.kernelTally())::doWork,
                hooks.reader(number, file, parts.handler(), () -> delivery(config, shape, object, file, parts)),
                hooks.object(number, object), file);
    }

    private static Delivery delivery(final FaultPathConfig config, final PathShape shape,
            final LinuxFaultObject object, final FaultFile file, final UserSide.Parts parts) {
        return switch (config.design()) {
            case INJECT -> new GuestSide(file, config, shape, parts);
            default -> FileDeliveries.of(config.design(), config.batch(), config.delivery(),
                    new FileDeliveries.Parts(file, null, new ModelEventCounter(object.wakes())), parts.context());
        };
    }
}
