/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.device.DeviceSettings;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.pci.PageRequestPort;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * What a function of a path is connected to. All of it belongs to the hardware world.
 *
 * <p>A function of one's own sends and settles through it, so that credits and the books of the path are right: each
 * fault is raised once, maybe raised again, and in the end resolved or failed; each request is answered once. It sends
 * only what {@code pri} has credit for, and tells {@code pri} of a Response Failure.
 *
 * @param settings  requester ID, laps and what else a configuration says of a function
 * @param iommu     where requests go
 * @param pri       capability of the function; the path enables it, before the first duty cycle
 * @param workload  of the path
 * @param schedule  when to raise it
 * @param pageTable in which the usual handler maps, if it knows the page ({@link SharedPageTable#know}); it has room
 *                  for the distinct pages of the workload
 * @param stages    stamped for sampled groups
 * @param clock     of the path
 * @param tally     of the hardware world, which the path publishes
 */
public record DeviceSocket(DeviceSettings settings, PageRequestPort iommu, PriCapability pri, Workload workload,
        RaiseSchedule schedule, SharedPageTable pageTable, StageTimes stages, NanoClock clock, Tally tally) {

    /**
     * Send the first request for a fault; takes one credit, which there must be.
     *
     * @param prefix  see {@link org.faultring.hwmodel.pci.PasidPrefix}
     * @param message see {@link org.faultring.hwmodel.pci.PageRequestMessage}; the last of each group says so
     */
    public void raise(final int prefix, final long message) {
        tally.increment(Counter.FAULTS_RAISED);
        send(prefix, message);
    }

    /**
     * Send another request for a fault that an answer has not resolved; takes one credit, which there must be.
     *
     * @param prefix  see {@link org.faultring.hwmodel.pci.PasidPrefix}
     * @param message see {@link org.faultring.hwmodel.pci.PageRequestMessage}; the last of each group says so
     */
    public void raiseAgain(final int prefix, final long message) {
        tally.increment(Counter.RETRIES);
        send(prefix, message);
    }

    private void send(final int prefix, final long message) {
        pri.take(1);
        tally.increment(Counter.REQUESTS);
        iommu.pageRequest(settings.requesterId(), prefix, message);
    }

    /**
     * An answer has come; gives the credits of its group back.
     *
     * @param requests of the group
     */
    public void answered(final int requests) {
        pri.giveBack(requests);
        tally.add(Counter.CREDITS_RETURNED, requests);
    }

    /** A fault ends with its page there. */
    public void resolved() {
        tally.increment(Counter.FAULTS_RESOLVED);
    }

    /** A fault ends with an error for the work of the function. */
    public void failed() {
        tally.increment(Counter.FAULTS_FAILED);
    }
}
