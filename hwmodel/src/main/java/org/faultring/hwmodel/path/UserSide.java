/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import java.util.function.Function;

import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.delivery.ReadDelivery;
import org.faultring.ring.delivery.SharedRingDelivery;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.BoundedFaultObject;
import org.faultring.ring.kernel.BoundedResponder;
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
 * @param kernel    the kernel world's part: gives its answers to the driver
 * @param delivery  the agent of the user world
 * @param object    answers what a detach leaves behind
 * @param file      that the delivery reads, null if there is none
 */
record UserSide(FaultSink sink, GroupTable ownGroups, KernelPart kernel, Delivery delivery, FaultObject object,
        FaultFile file) {

    /** What every design needs. */
    record Parts(SharedPageTable pageTable, int processes, GroupTable groups, PageResponsePort port,
            StageTimes stages, NanoClock clock, Tally kernelTally, Tally userTally) {}

    /** Make all for the design of a configuration. */
    static UserSide of(final FaultPathConfig config, final PathShape shape, final int number, final Parts parts,
            final PathHooks hooks) {
        final PageFaultHandler handler = new MappingHandler(parts.pageTable);
        return switch (config.design()) {
            case READ -> ofFile(shape, number, parts, hooks,
                    file -> hooks.reader(number, file, handler, () -> new ReadDelivery(file, config.batch(), handler,
                            parts.stages, parts.clock, parts.userTally)));
            case INJECT -> ofFile(shape, number, parts, hooks, file -> hooks.reader(number, file, handler,
                    () -> new GuestSide(file, config, shape, parts)));
            case SHARED_RING -> ofRing(config, shape, number, parts, handler, hooks);
            case SVA -> SvaSide.of(shape, number, parts, hooks);
        };
    }

    /** Linux's fault object, and who works on its file. */
    private static UserSide ofFile(final PathShape shape, final int number, final Parts parts, final PathHooks hooks,
            final Function<FaultFile, Delivery> reader) {
        final LinuxFaultObject object = new LinuxFaultObject(shape.objectDepth(), shape.maxGroups());
        final FaultFile file = hooks.file(number, object);
        final PageResponder responder = new PageResponder(object.responses(), parts.groups, parts.port, parts.stages,
                parts.clock, parts.kernelTally);
        return new UserSide(hooks.sink(number, object.sink()), null, responder::doWork, reader.apply(file),
                hooks.object(number, object), file);
    }

    /** A fault object that is mapped into its handler. */
    private static UserSide ofRing(final FaultPathConfig config, final PathShape shape, final int number,
            final Parts parts, final PageFaultHandler handler, final PathHooks hooks) {
        final BoundedFaultObject object = new BoundedFaultObject(
                shape.rules().limits(shape.objectDepth(), shape.maxGroups()), parts.clock);
        final BoundedResponder responder =
                object.responder(parts.port, parts.stages, parts.clock, parts.kernelTally);
        final Delivery delivery = hooks.ringReader(number, object, handler,
                () -> new SharedRingDelivery(object.faults(), object.responses(), object.doorbell(), config.batch(),
                        handler, parts.stages, parts.clock, parts.userTally));
        return new UserSide(hooks.sink(number, object.sink()), object.groups(), responder::doWork, delivery,
                hooks.object(number, object), null);
    }

    /** Requests in open groups that stand in a table of this object alone. */
    long ownOpenRequests() {
        return ownGroups == null ? 0 : ownGroups.openRequests();
    }
}
