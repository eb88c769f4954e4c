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
import org.faultring.ring.kernel.AddressSpace;
import org.faultring.ring.kernel.FaultObject;
import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.SvaHandler;

/**
 * The design {@code sva}: the kernel resolves faults itself, in the memory of the process. There is no fault object and
 * no user space; in the place of the one stands something that answers nothing, in that of the other an idle agent.
 */
final class SvaSide {

    /** Groups that are handled side by side. */
    private static final int WORKERS = 4;
    private static final int SEED = 1;

    private SvaSide() {}

    static UserSide of(final PathShape shape, final int number, final UserSide.Parts parts, final PathHooks hooks) {
        final SvaHandler handler = new SvaHandler(shape.objectDepth(), WORKERS, SEED + number, parts.groups(),
                parts.port(), parts.stages(), parts.clock(), parts.kernelTally());
        for (int process = 0; process < parts.processes(); process++) {
            handler.bind(Workload.FIRST_PASID + process,
                    new Memory(parts.pageTable(), Workload.FIRST_PASID + process));
        }
        return new UserSide(hooks.sink(number, handler), null, handler::doWork, Delivery.silent("sva"),
                hooks.object(number, new Unanswering(handler)), null);
    }

    /** A process in which every page of the workload may be had. */
    private record Memory(SharedPageTable pageTable, int pasid) implements AddressSpace {

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public int permissions(final long address) {
            return PageFaultFlyweight.READ | PageFaultFlyweight.WRITE | PageFaultFlyweight.EXEC;
        }

        @Override
        public Outcome faultIn(final long address, final int permissions) {
            return pageTable.map(pasid, address) ? Outcome.DONE : Outcome.ERROR;
        }
    }

    /** What is under way when an attachment goes away is answered by the workers, in their time. */
    private record Unanswering(FaultSink sink) implements FaultObject {

        @Override
        public OneToOneResponseRing responses() {
            throw new UnsupportedOperationException("responses (expected: none, the kernel answers)");
        }

        @Override
        public int autoRespond(final int attachment) {
            return 0;
        }
    }
}
