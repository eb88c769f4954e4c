/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.faultring.hwmodel.ManualClock;
import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.BoundedFaultObject;
import org.faultring.ring.kernel.FaultReporter;
import org.faultring.ring.kernel.GroupTable;
import org.faultring.ring.kernel.IommuDomain;
import org.faultring.ring.kernel.PageResponder;
import org.faultring.ring.kernel.PartialLimits;

/** A driver of a real SMMU under the real generic layer with a fault object. */
final class KernelFixture {

    private static final int GROUPS = 4096;

    /** A fault as user space finds it. */
    record Fault(int flags, int device, int pasid, int groupIndex, int permissions, long address) {}

    final SmmuFixture smmu;
    final AttachTable attachments = new AttachTable();
    final BoundedFaultObject object = new BoundedFaultObject(1 << 12, GROUPS);
    final StageTimes stages = new StageTimes(32);
    final Tally tally;
    final FaultReporter reporter;
    final PageResponder responder;
    final GroupTable groups = new GroupTable(GROUPS);
    private final IommuDriver driver;
    private final List<Integer> handles = new ArrayList<>();

    KernelFixture(final SmmuFixture smmu, final IommuDriver driver, final Tally tally,
            final Consumer<FaultReporter> reportTo) {
        final ManualClock clock = new ManualClock(0, 1);
        this.smmu = smmu;
        this.driver = driver;
        this.tally = tally;
        reporter = new FaultReporter(attachments, groups, new PartialLimits(1 << 15, 1 << 15), driver, stages, clock,
                tally);
        responder = new PageResponder(object.responses(), groups, driver, stages, clock, tally);
        reportTo.accept(reporter);
        driver.start();
        smmu.iommu.doWork();
    }

    /** A device of which the driver knows, with some PASIDs attached. */
    int addDevice(final int streamId, final int... pasids) {
        final int device = reporter.addDevice();
        driver.addDevice(streamId, device);
        for (final int pasid : pasids) {
            attachments.attach(device, pasid, IommuDomain.paging(object.sink()));
        }
        return device;
    }

    /** Hardware ends its duty cycle, the driver does one. */
    int cycle() {
        return smmu.iommu.doWork() + driver.doWork();
    }

    /** Hardware and driver run until the driver is at rest. */
    void settle() {
        for (int i = 0; i < 100_000; i++) {
            if (cycle() == 0 && driver.isAtRest()) {
                return;
            }
        }
        throw new AssertionError("the driver does not come to rest");
    }

    /** What has come to user space since the last call. */
    List<Fault> faults() {
        final List<Fault> all = new ArrayList<>();
        object.faults().poll(slot -> {
            all.add(new Fault(slot.flags(), slot.deviceId(), slot.pasid(), slot.groupIndex(), slot.permissions(),
                    slot.address()));
            if (slot.isLast()) {
                handles.add(slot.cookie());
            }
        }, Integer.MAX_VALUE);
        return all;
    }

    /** Answer all groups that came with {@link #faults()}. */
    void answerAll(final int code) {
        handles.forEach(handle -> object.responses().offer(handle, code));
        handles.clear();
        responder.doWork();
    }

    long count(final Counter counter) {
        tally.publish();
        return smmu.count(counter);
    }
}
