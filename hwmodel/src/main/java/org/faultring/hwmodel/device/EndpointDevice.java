/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.pci.GroupIndexAllocator;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageGroupResponsePort;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PageRequestPort;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * A PCIe function that misses translations: it raises the groups of a workload as credit and group indexes allow, and
 * acts on the answers as PCIe's Page Request Interface says.
 *
 * <p>A group is begun only when there is credit for all of its requests, so that its last one can always be sent.
 * Success means "translate again": a page that the handler mapped since it missed is resolved, any other is asked for
 * again, in a new group, before new work. Invalid ends the group's faults with an error. Failure and reserved codes
 * stop the function, which ignores answers after that.
 *
 * <p>Belongs to the hardware world. Only {@link #stopRaising()} and {@link #isFinished()} may be called from
 * elsewhere.
 */
public final class EndpointDevice implements PageGroupResponsePort {

    private final DeviceSettings settings;
    private final PageRequestPort port;
    private final PriCapability pri;
    private final Workload workload;
    private final RaiseSchedule schedule;
    private final SharedPageTable pageTable;
    private final StageTimes stages;
    private final NanoClock clock;
    private final Tally tally;
    private final GroupObserver observer;

    private final GroupIndexAllocator indexes = new GroupIndexAllocator();
    private final OutstandingGroups groups;
    /** Page address and access of each fault of the workload, as a Page Request message has them. */
    private final long[] pages;
    private final int[] pasids;
    /** Page table entry of each fault of the workload. */
    private final int[] entries;
    private final int requesterId;
    private final int firstRow;
    private final int groupCount;

    private long lap;
    private int nextGroup;
    private int untilSample;
    private long startNanos;
    private long endNanos;
    private boolean started;
    private volatile boolean stopRaising;
    private volatile boolean finished;

    /**
     * A quiet function.
     *
     * @param settings  of the function
     * @param port      where requests go
     * @param pri       capability of the function, enabled by the driver before the first duty cycle
     * @param workload  what it raises
     * @param schedule  when it raises
     * @param pageTable in which the handler maps
     * @param stages    stamped for sampled groups
     * @param clock     of the path
     * @param tally     of the world that calls
     * @param observer  told of sampled groups
     */
    public EndpointDevice(final DeviceSettings settings, final PageRequestPort port, final PriCapability pri,
            final Workload workload, final RaiseSchedule schedule, final SharedPageTable pageTable,
            final StageTimes stages, final NanoClock clock, final Tally tally, final GroupObserver observer) {
        this.settings = settings;
        this.port = port;
        this.pri = pri;
        this.workload = workload;
        this.schedule = schedule;
        this.pageTable = pageTable;
        this.stages = stages;
        this.clock = clock;
        this.tally = tally;
        this.observer = observer;
        this.groups = new OutstandingGroups(workload.longestGroup());
        this.requesterId = settings.requesterId();
        this.firstRow = stages.row(settings.deviceId(), 0);
        this.pages = new long[workload.faults()];
        this.pasids = new int[workload.faults()];
        this.entries = new int[workload.faults()];
        for (int fault = 0; fault < pages.length; fault++) {
            pages[fault] = PageRequestMessage.of(workload.pageAddress(fault), 0, workload.access(fault));
            pasids[fault] = workload.pasid(fault);
            entries[fault] = pageTable.know(pasids[fault], pages[fault]);
        }
        this.groupCount = workload.groups();
        this.untilSample = 1;
    }

    /**
     * One duty cycle: raise what is due and fits.
     *
     * @return groups raised
     */
    public int doWork() {
        if (!started) {
            started = true;
            startNanos = clock.nanoTime();
        }
        int turn = settings.groupsPerTurn();
        // Only what waited before this duty cycle: an answer that comes while we raise is acted on in the next one.
        int retries = groups.waiting();
        int raised = 0;
        while (raised < turn && pri.mayRequest()) {
            if (retries > 0) {
                if (!raiseAgain()) {
                    break;
                }
                retries--;
            } else if (groups.waiting() > 0 || !raiseNext()) {
                break;
            }
            raised++;
        }
        if (raised == 0 && !finished && isQuiet()) {
            endNanos = clock.nanoTime();
            finished = true;
        }
        return raised;
    }

    /** The next group of the workload, if it is due and fits. */
    private boolean raiseNext() {
        if (nextGroup == groupCount && !beginLap() || stopRaising) {
            return false;
        }
        final int group = nextGroup;
        final long due = schedule.dueNanos(lap, group);
        if (due != RaiseSchedule.WHENEVER && clock.nanoTime() - startNanos < due) {
            return false;
        }
        final int length = workload.groupLength(group);
        final int index = indexFor(length);
        if (index == GroupIndexAllocator.NONE) {
            return false;
        }
        nextGroup = group + 1;
        tally.add(Counter.FAULTS_RAISED, length);
        open(index, length, sampleNanos(due));
        final int first = workload.groupStart(group);
        for (int k = 0; k < length; k++) {
            request(index, k, first + k, k == length - 1);
        }
        return true;
    }

    private boolean beginLap() {
        if (settings.laps() != 0 && lap + 1 == settings.laps()) {
            return false;
        }
        lap++;
        nextGroup = 0;
        return true;
    }

    private boolean raiseAgain() {
        final int length = groups.firstWaitingLength();
        final int index = indexFor(length);
        if (index == GroupIndexAllocator.NONE) {
            return false;
        }
        tally.add(Counter.RETRIES, length);
        open(index, length, groups.firstWaitingNanos());
        for (int k = 0; k < length; k++) {
            final int fault = groups.firstWaitingFault(k);
            if (k == length - 1) {
                // Before the last request, whose answer may add to the groups that wait.
                groups.removeWaiting();
            }
            request(index, k, fault, k == length - 1);
        }
        return true;
    }

    private int indexFor(final int length) {
        return pri.credits() < length ? GroupIndexAllocator.NONE : indexes.take();
    }

    /** Raise time of a group that is to be sampled, or {@link StageTimes#NOT_SAMPLED}. */
    private long sampleNanos(final long due) {
        if (--untilSample > 0) {
            return StageTimes.NOT_SAMPLED;
        }
        untilSample = settings.sampleEvery();
        return due == RaiseSchedule.WHENEVER ? clock.nanoTime() : startNanos + due;
    }

    private void open(final int index, final int length, final long raisedNanos) {
        groups.open(index, length, raisedNanos);
        if (raisedNanos == StageTimes.NOT_SAMPLED) {
            stages.skip(firstRow + index);
        } else {
            stages.open(firstRow + index, raisedNanos);
        }
        pri.take(length);
        tally.add(Counter.REQUESTS, length);
    }

    /** The answer to the last request may come from within its call, so nothing of the group is touched after it. */
    private void request(final int index, final int k, final int fault, final boolean isLast) {
        groups.setFault(index, k, fault, pageTable.timesMapped(entries[fault]));
        port.pageRequest(requesterId, pasids[fault],
                PageRequestMessage.inGroup(pages[fault], index) | (isLast ? PageRequestMessage.LAST : 0));
    }

    @Override
    public void pageGroupResponse(final int pasid, final long message) {
        if ((pri.status() & PriCapability.RESPONSE_FAILURE) != 0) {
            tally.increment(Counter.IGNORED_RESPONSES);
            return;
        }
        final int index = PageGroupResponseMessage.groupIndex(message);
        final int length = groups.length(index);
        if (length == 0) {
            pri.unexpectedIndex();
            tally.increment(Counter.UNEXPECTED_RESPONSES);
            return;
        }
        final int code = PageGroupResponseMessage.code(message);
        if (code == PageGroupResponseMessage.SUCCESS) {
            translateAgain(index, length);
        } else {
            tally.add(Counter.FAULTS_FAILED, length);
            if (code != PageGroupResponseMessage.INVALID_REQUEST) {
                stop();
            }
        }
        groups.close(index);
        indexes.giveBack(index);
        pri.giveBack(length);
        tally.add(Counter.CREDITS_RETURNED, length);
    }

    /** A Response Failure: nothing is asked any more, so what waited to be asked again has failed. */
    private void stop() {
        pri.responseFailure();
        while (groups.waiting() > 0) {
            tally.add(Counter.FAULTS_FAILED, groups.firstWaitingLength());
            groups.removeWaiting();
        }
    }

    private void translateAgain(final int index, final int length) {
        int missing = 0;
        for (int k = 0; k < length; k++) {
            final int fault = groups.fault(index, k);
            if (pageTable.timesMapped(entries[fault]) == groups.mappedBefore(index, k)) {
                if (missing++ == 0) {
                    groups.openWaiting(groups.raisedNanos(index));
                }
                groups.addWaitingFault(fault);
            }
        }
        tally.add(Counter.FAULTS_RESOLVED, length - missing);
        if (missing == 0 && groups.raisedNanos(index) != StageTimes.NOT_SAMPLED) {
            final int row = firstRow + index;
            stages.stamp(row, Stage.ACCEPTED, clock.nanoTime());
            observer.onGroupAnswered(row);
        }
    }

    private boolean isQuiet() {
        if (!pri.mayRequest()) {
            return true;
        }
        final boolean moreToRaise =
                !stopRaising && (nextGroup < groupCount || settings.laps() == 0 || lap + 1 < settings.laps());
        return !moreToRaise && groups.waiting() == 0 && pri.outstanding() == 0;
    }

    /** Any thread: raise nothing new; what was raised goes on to its end. */
    public void stopRaising() {
        stopRaising = true;
    }

    /**
     * Any thread: whether all work has been raised and answered, or the function has been stopped by a failure.
     *
     * @return true once nothing will be raised any more
     */
    public boolean isFinished() {
        return finished;
    }

    /**
     * Time from the first duty cycle to the end of all work; valid once {@link #isFinished()}, or for the caller that
     * runs it.
     *
     * @return ns of the path's clock, up to now while the work goes on
     */
    public long activeNanos() {
        return (finished ? endNanos : clock.nanoTime()) - startNanos;
    }

    /**
     * The capability of the function.
     *
     * @return its registers
     */
    public PriCapability pri() {
        return pri;
    }
}
