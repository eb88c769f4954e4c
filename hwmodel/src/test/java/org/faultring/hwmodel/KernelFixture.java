/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.BoundedFaultObject;
import org.faultring.ring.kernel.FaultReporter;
import org.faultring.ring.kernel.GroupTable;
import org.faultring.ring.kernel.PageResponder;
import org.faultring.ring.kernel.PartialLimits;

/** The real generic fault layer with a fault object, behind the driver of any vendor. */
public final class KernelFixture {

    private static final int GROUPS = 4096;

    /** A fault as user space finds it. */
    public record Fault(int flags, int device, int pasid, int groupIndex, int permissions, long address) {}

    public final AttachTable attachments = new AttachTable();
    public final BoundedFaultObject object;
    public final FaultReporter reporter;
    private final GroupTable groups = new GroupTable(GROUPS);
    private final PageResponder responder;
    private final List<Integer> handles = new ArrayList<>();

    public KernelFixture(final IommuDriver driver, final int depth, final Tally tally) {
        final ManualClock clock = new ManualClock(0, 1);
        final StageTimes stages = new StageTimes(64);
        object = new BoundedFaultObject(depth, GROUPS);
        reporter = new FaultReporter(attachments, groups, new PartialLimits(1 << 15, 1 << 15), driver, stages, clock,
                tally);
        responder = new PageResponder(object.responses(), groups, driver, stages, clock, tally);
    }

    /** What has come to user space since the last call. */
    public List<Fault> faults() {
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
    public void answerAll(final int code) {
        handles.forEach(handle -> object.responses().offer(handle, code));
        handles.clear();
        responder.doWork();
    }

    /** Give the driver answers that it had no room for. */
    public int respond() {
        return responder.doWork();
    }

    /** Requests that have been reported and not answered. */
    public long held() {
        return groups.openRequests() + reporter.waitingRequests();
    }
}
