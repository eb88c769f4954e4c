/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.HandlerContext;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.FaultObject;
import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.GroupTable;
import org.faultring.ring.kernel.PageResponsePort;

/**
 * A fault object with the delivery that works on it, and what gives its answers to the driver.
 *
 * @param sink      the object's side of the kernel world
 * @param ownGroups in which its open groups stand, null if that is the table that objects share
 * @param kernel    the kernel world's, for its answers
 * @param delivery  the agent of the user world
 * @param object    answers what a detach leaves behind
 * @param file      that the delivery reads, null if there is none
 */
record UserSide(FaultSink sink, GroupTable ownGroups, KernelPart kernel, Delivery delivery, FaultObject object,
        FaultFile file) {

    /** What every design needs. */
    record Parts(PageFaultHandler handler, SharedPageTable pageTable, int processes, GroupTable groups,
            PageResponsePort port, StageTimes stages, NanoClock clock, Tally kernelTally, Tally userTally) {

        /** The same with another handler and another way of answering. */
        Parts with(final PageFaultHandler otherHandler, final PageResponsePort otherPort) {
            return new Parts(otherHandler, pageTable, processes, groups, otherPort, stages, clock, kernelTally,
                    userTally);
        }

        HandlerContext context() {
            return new HandlerContext(handler, stages, clock, userTally);
        }
    }

    /** Make all for the design of a configuration. */
    static UserSide of(final FaultPathConfig config, final PathShape shape, final int number, final Parts parts,
            final PathHooks hooks) {
        final Parts hooked = parts.with(hooks.handler(number, parts.handler),
                hooks.responsesOf(number, parts.port));
        return switch (config.design().family()) {
            case FILE -> FileSides.of(config, shape, number, hooked, hooks);
            case RING -> RingSides.of(config, shape, number, hooked, hooks);
            case MAPPED -> MappedSides.of(config, shape, number, hooked, hooks);
            case KERNEL -> SvaSide.of(shape, number, hooked, hooks);
        };
    }

    /** Requests in open groups that stand in a table of this object alone. */
    long ownOpenRequests() {
        return ownGroups == null ? 0 : ownGroups.openRequests();
    }
}
