/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.agrona.BitUtil;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.file.IoRing;
import org.faultring.ring.kernel.LinuxFaultObject;
import org.faultring.ring.kernel.ModelIoRing;
import org.faultring.ring.kernel.PageResponder;
import org.faultring.ring.kernel.WakingFile;

/**
 * The designs over a completion ring. The file is Linux 7.2's, opened as the design needs it.
 */
final class RingSides {

    private static final int RING_ENTRIES = 64;
    /** Completions of a ring are twice its entries, and each request under way has one. */
    private static final int REQUESTS_PER_READ = 4;

    private RingSides() {}

    static UserSide of(final FaultPathConfig config, final PathShape shape, final int number,
            final UserSide.Parts parts, final PathHooks hooks) {
        final LinuxFaultObject object = new LinuxFaultObject(shape.objectDepth(), shape.maxGroups(),
                shape(config.design()), config.delivery().wakeRule());
        final WakingFile file = WokenFile.of(hooks.file(number, object), object.wakes());
        final IoRing ring = new ServedIoRing(new ModelIoRing(entries(config), parts.userTally()));
        return new UserSide(hooks.sink(number, object.sink()), null,
                new PageResponder(object.responses(), parts.groups(), parts.port(), parts.stages(), parts.clock(),
                        parts.kernelTally())::doWork,
                hooks.reader(number, file, parts.handler(), () -> FileDeliveries.of(config.design(), config.batch(),
                        config.delivery(), new FileDeliveries.Parts(file, ring, null), parts.context())),
                hooks.object(number, object), file);
    }

    private static int entries(final FaultPathConfig config) {
        return Math.max(RING_ENTRIES,
                BitUtil.findNextPositivePowerOfTwo(REQUESTS_PER_READ * config.delivery().reads()));
    }

    private static FileShape shape(final DeliveryDesign design) {
        if (design == DeliveryDesign.COMMIT_AND_FETCH) {
            // A file that had such a command would have a read that can be asked not to wait.
            return FileShape.IOMMUFD_FAULT_NOWAIT;
        }
        return design.opensNonblocking() ? FileShape.IOMMUFD_FAULT.nonblocking() : FileShape.IOMMUFD_FAULT;
    }
}
