/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.file.Wait;
import org.faultring.ring.file.WakeCount;
import org.faultring.ring.kernel.AddressSpace;
import org.faultring.ring.kernel.FaultObject;
import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.SvaHandler;

/** The baseline without user space: the kernel maps the pages itself. */
final class SvaSide {

    /** Threads of the work queue. */
    private static final int WORKERS = 4;
    private static final int ALL_ACCESS = PageFaultFlyweight.READ | PageFaultFlyweight.WRITE | PageFaultFlyweight.EXEC;

    private SvaSide() {}

    static UserSide of(final PathShape shape, final int number, final UserSide.Parts parts, final PathHooks hooks) {
        final SvaHandler handler = new SvaHandler(shape.objectDepth(), WORKERS, number, parts.groups(), parts.port(),
                parts.stages(), parts.clock(), parts.kernelTally());
        for (int process = 0; process < parts.processes(); process++) {
            final int pasid = Workload.FIRST_PASID + process;
            handler.bind(pasid, new Process(pasid, parts.pageTable()));
        }
        return new UserSide(hooks.sink(number, handler), null, handler::doWork, new Nobody(),
                hooks.object(number, new WorkQueue(handler)), null);
    }

    /** Memory whose every area permits everything; its pages are those that the page table knows. */
    private record Process(int pasid, SharedPageTable pageTable) implements AddressSpace {

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public int permissions(final long address) {
            return ALL_ACCESS;
        }

        @Override
        public Outcome faultIn(final long address, final int permissions) {
            return pageTable.map(pasid, address) ? Outcome.DONE : Outcome.ERROR;
        }
    }

    /** Groups in the work queue stay with the core, and are answered by the workers though their attachment is gone. */
    private static final class WorkQueue implements FaultObject {

        private final FaultSink sink;
        /** Nobody answers through it. */
        private final OneToOneResponseRing responses = new OneToOneResponseRing(1);

        private WorkQueue(final FaultSink sink) {
            this.sink = sink;
        }

        @Override
        public FaultSink sink() {
            return sink;
        }

        @Override
        public OneToOneResponseRing responses() {
            return responses;
        }

        @Override
        public int autoRespond(final int attachment) {
            return 0;
        }
    }

    /** The user world, which has nothing to do. */
    private static final class Nobody implements Delivery {

        private final Wait wait = Wait.counter(new WakeCount());

        @Override
        public int doWork() {
            return 0;
        }

        @Override
        public Wait waitingOn() {
            return wait;
        }

        @Override
        public String roleName() {
            return "sva";
        }
    }
}
