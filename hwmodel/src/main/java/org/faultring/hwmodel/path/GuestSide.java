/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.GuestDevice;
import org.faultring.ring.delivery.GuestInjection;
import org.faultring.ring.delivery.GuestIommu;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.Wait;
import org.faultring.ring.kernel.FaultReporter;

/**
 * The design {@code inject}: a virtual machine monitor reads the faults and gives them to a guest that owns all
 * devices; the guest maps and answers, in its own numbers of devices and PASIDs. Monitor and guest are one agent of the
 * user world.
 *
 * <p>A group counts as delivered when the guest has it. It is known by the index that it has at the guest, which is the
 * device's own unless a group that the host answered in the guest's place still has that.
 */
final class GuestSide implements Delivery, FaultSlotHandler {

    /** A guest counts its PASIDs from elsewhere. */
    private static final int PASID_OFFSET = 1 << 12;
    private static final int REQUESTER_OFFSET = 1 << 8;

    private final GuestInjection monitor;
    private final GuestIommu guest;
    private final SharedPageTable pageTable;
    private final StageTimes stages;
    private final NanoClock clock;
    private final Tally tally;
    private final int batch;
    private int code = PageResponseFlyweight.SUCCESS;
    private boolean hasAnswered;

    GuestSide(final FaultFile file, final FaultPathConfig config, final PathShape shape, final UserSide.Parts parts) {
        pageTable = parts.pageTable();
        stages = parts.stages();
        clock = parts.clock();
        tally = parts.userTally();
        batch = config.batch();
        monitor = new GuestInjection(file, batch, tally);
        guest = monitor.addGuest(shape.objectDepth(),
                config.iommu().hasPageRequests() ? GuestIommu.PRI_INDEXES : GuestIommu.STALL_TAGS);
        for (int device = 0; device < shape.devices(); device++) {
            final GuestDevice given =
                    monitor.addDevice(FaultReporter.deviceId(device), guest, REQUESTER_OFFSET + device);
            for (int process = 0; process < parts.processes(); process++) {
                final int pasid = Workload.FIRST_PASID + process;
                given.mapPasid(pasid, PASID_OFFSET + pasid);
            }
        }
    }

    @Override
    public int doWork() {
        final int injected = monitor.doWork();
        final int handled = guest.queue().poll(this, batch);
        if (hasAnswered) {
            hasAnswered = false;
            monitor.writeAnswers();
        }
        if (handled > 0) {
            tally.add(Counter.FAULTS_HANDLED, handled);
            tally.publish();
        }
        // A fault that comes in and is handled is one.
        return Math.max(injected, handled);
    }

    /** The guest handles a request. */
    @Override
    public void onSlot(final FaultSlotFlyweight slot) {
        if (!pageTable.map(slot.pasid() - PASID_OFFSET, slot.address())) {
            code = PageResponseFlyweight.INVALID;
        }
        if (slot.isLast()) {
            tally.increment(Counter.GROUPS_HANDLED);
            stamp(slot, Stage.DELIVERED);
            stamp(slot, Stage.HANDLED);
            guest.pageResponse(slot.deviceId(), slot.pasid(), slot.groupIndex(), code);
            code = PageResponseFlyweight.SUCCESS;
            hasAnswered = true;
        }
    }

    private void stamp(final FaultSlotFlyweight slot, final Stage stage) {
        if (slot.groupIndex() < StageTimes.GROUPS_PER_DEVICE) {
            final int row = stages.row(FaultReporter.deviceId(slot.deviceId() - REQUESTER_OFFSET), slot.groupIndex());
            if (stages.isSampled(row)) {
                stages.stamp(row, stage, clock.nanoTime());
            }
        }
    }

    @Override
    public Wait waitingOn() {
        return guest.queue().isEmpty() ? monitor.waitingOn() : Wait.spin();
    }

    @Override
    public String roleName() {
        return "inject";
    }
}
