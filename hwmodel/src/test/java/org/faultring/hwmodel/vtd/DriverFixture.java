/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.faultring.hwmodel.ManualClock;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.BoundedFaultObject;
import org.faultring.ring.kernel.BoundedLimits;
import org.faultring.ring.kernel.FaultReporter;
import org.faultring.ring.kernel.GroupTable;
import org.faultring.ring.kernel.IommuDomain;
import org.faultring.ring.kernel.PageResponder;
import org.faultring.ring.kernel.PartialLimits;

/** Linux's driver between a real IOMMU, whose bus is watched, and the real generic layer with a fault object. */
final class DriverFixture {

    static final int DEVICE = 0;
    private static final int GROUPS = 4096;

    /** A fault as user space finds it. */
    record Fault(int flags, int device, int pasid, int groupIndex, int permissions, long address) {}

    final VtdFixture vtd = new VtdFixture();
    final WatchedIommu bus = new WatchedIommu(vtd.iommu);
    final VtdDriver driver;
    final AttachTable attachments = new AttachTable();
    final BoundedFaultObject object;
    final StageTimes stages = new StageTimes(32);
    private final Tally tally = vtd.counters.tally();
    private final GroupTable groups;
    private final FaultReporter reporter;
    private final PageResponder responder;
    private final List<Integer> handles = new ArrayList<>();

    /** Knows the function of the examples and its PASID. */
    DriverFixture(final int order, final int addressBits, final int responses) {
        this(order, addressBits, responses, 1 << 14, true);
    }

    DriverFixture(final int order, final int addressBits, final int responses, final int depth,
            final boolean watched) {
        this(order, addressBits, responses, depth, watched, hardware -> new PolledCompletion());
    }

    DriverFixture(final int order, final int addressBits, final int responses, final int depth,
            final boolean watched, final Function<VtdHardware, InvalidationCompletion> completion) {
        final ManualClock clock = new ManualClock(0, 1);
        object = new BoundedFaultObject(BoundedLimits.of(depth, GROUPS));
        groups = object.groups();
        final VtdHardware hardware = watched ? bus : vtd.iommu;
        driver = new VtdDriver(hardware, vtd.memory, order, addressBits, responses, completion.apply(hardware), tally);
        reporter = new FaultReporter(attachments, groups, new PartialLimits(1 << 15, 1 << 15), driver, stages, clock,
                tally);
        responder = object.responder(driver, stages, clock, tally);
        driver.reportTo(reporter);
        driver.start();
        driver.addDevice(VtdFixture.FUNCTION, reporter.addDevice());
        attachments.attach(DEVICE, VtdFixture.PASID, IommuDomain.paging(object.sink()));
        vtd.iommu.doWork();
    }

    /** One more function. */
    int addDevice(final int requesterId) {
        final int device = reporter.addDevice();
        vtd.connect(requesterId);
        driver.addDevice(requesterId, device);
        attachments.attach(device, VtdFixture.PASID, IommuDomain.paging(object.sink()));
        return device;
    }

    void request(final int requesterId, final int pasid, final long address, final int index, final long access) {
        vtd.iommu.pageRequest(requesterId, pasid, PageRequestMessage.of(address, index, access));
    }

    /** Hardware ends its duty cycle, the driver does one. */
    int cycle() {
        vtd.iommu.doWork();
        return driver.doWork();
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

    /** Give the driver answers that it had no room for. */
    int respond() {
        return responder.doWork();
    }

    int waitingRequests() {
        return reporter.waitingRequests();
    }

    long count(final Counter counter) {
        tally.publish();
        return vtd.count(counter);
    }
}
