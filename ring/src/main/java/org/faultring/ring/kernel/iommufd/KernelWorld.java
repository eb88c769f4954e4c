/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.AttachmentChange;
import org.faultring.ring.kernel.DomainPort;
import org.faultring.ring.kernel.DrainPort;
import org.faultring.ring.kernel.FaultReporter;
import org.faultring.ring.kernel.GroupTable;
import org.faultring.ring.kernel.LinuxFaultObject;
import org.faultring.ring.kernel.PageResponder;
import org.faultring.ring.kernel.PartialLimits;
import org.faultring.ring.kernel.PasidTables;
import org.faultring.ring.kernel.VirtualIommu;

/**
 * The fault layer under the objects, stepped by the caller: a mock device has no queue and takes every answer, so each
 * change and each answer is done when the call returns.
 */
final class KernelWorld {

    private final IommufdLimits limits;
    private final FileShape faultFiles;
    private final AnswerLog answers;
    private final AttachTable attachments = new AttachTable();
    private final GroupTable groups;
    private final StageTimes stages;
    private final Counters counters = new Counters();
    private final Tally kernelTally = counters.tally();
    private final Tally userTally = counters.tally();
    private final FaultReporter reporter;
    private final AttachmentChange change;
    /** Numbers of devices that are gone, to be used again. */
    private final int[] free;
    private int freeCount;
    private int devices;

    KernelWorld(final IommufdLimits limits, final FileShape faultFiles) {
        this.limits = limits;
        this.faultFiles = faultFiles;
        answers = new AnswerLog(limits.answers(), limits.devices());
        groups = new GroupTable(limits.groups());
        stages = new StageTimes(limits.devices());
        reporter = new FaultReporter(attachments, groups,
                new PartialLimits(limits.waitingRequests(), limits.waitingRequests()), answers, stages, () -> 0,
                kernelTally);
        // What the driver of a mock device refuses has been refused before: see MockDriver.
        change = new AttachmentChange(attachments, reporter, DomainPort.WILLING, DrainPort.NOTHING_QUEUED, userTally);
        free = new int[limits.devices()];
    }

    /** Number of a new device, from 0; -1 at the limit. */
    int addDevice() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (devices == limits.devices()) {
            return -1;
        }
        devices++;
        return reporter.addDevice(PasidTables.USER);
    }

    /** A device from which everything was detached. */
    void removeDevice(final Device device) {
        free[freeCount++] = device.kernelNumber();
    }

    LinuxFaultObject newFaultObject() {
        return new LinuxFaultObject(limits.waitingFaults(), limits.groups(), faultFiles);
    }

    PageResponder newResponder(final LinuxFaultObject object) {
        return new PageResponder(object.responses(), groups, answers, stages, () -> 0, kernelTally);
    }

    VirtualIommu newVirtualIommu() {
        return new VirtualIommu(kernelTally);
    }

    void attach(final Device device, final int pasid, final PageTable table) {
        answers.name(device.kernelNumber(), device.number());
        change.beginAttach(device.kernelNumber(), pasid, table.domain(), device.number());
        finish();
    }

    void replace(final Device device, final int pasid, final PageTable table, final PageTable old) {
        change.beginReplace(device.kernelNumber(), pasid, table.domain(), objectOf(old));
        finish();
        passAnswers(old);
    }

    void detach(final Device device, final int pasid, final PageTable old) {
        change.beginDetach(device.kernelNumber(), pasid, objectOf(old));
        finish();
        passAnswers(old);
    }

    private static LinuxFaultObject objectOf(final PageTable table) {
        return table.faults() == null ? null : table.faults().object();
    }

    private static void passAnswers(final PageTable old) {
        if (old.faults() != null) {
            old.faults().passAnswers();
        }
    }

    private void finish() {
        while (!change.finish()) {
            change.doWork();
        }
        if (change.result() < 0) {
            throw new IllegalStateException("change.result=" + change.result() + " (expected: 0 or more)");
        }
    }

    /** A page request of a device; its result is of no interest to a mock device. */
    int report(final Device device, final int flags, final int pasid, final int groupIndex, final int permissions,
            final long address) {
        answers.name(device.kernelNumber(), device.number());
        return reporter.report(device.kernelNumber(), flags, pasid, groupIndex, permissions, address);
    }

    void discardPartials() {
        reporter.discardPartials();
    }

    AnswerLog answers() {
        return answers;
    }

    /** All that was counted up to now. */
    Counters counters() {
        kernelTally.publish();
        userTally.publish();
        return counters;
    }
}
