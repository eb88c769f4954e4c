/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.ManualClock;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PageRequestPort;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;

/** A device, what it sends, and a hand that answers it. */
final class DeviceFixture {

    static final int REQUESTER_ID = 0x0308;
    static final int DEVICE_ID = 1;
    static final long START_NANOS = 77_000;

    /** A request as it went upstream. */
    record Sent(int pasid, long message) {

        long address() {
            return PageRequestMessage.address(message);
        }

        int index() {
            return PageRequestMessage.groupIndex(message);
        }

        boolean isLast() {
            return PageRequestMessage.isLast(message);
        }
    }

    final ManualClock clock = new ManualClock(START_NANOS);
    final StageTimes stages = new StageTimes(1);
    final PriCapability pri;
    final SharedPageTable pageTable;
    final List<Sent> sent = new ArrayList<>();
    /** Raise times of the groups that the observer was told of. */
    final List<Long> observed = new ArrayList<>();
    final EndpointDevice device;
    private final Counters counters = new Counters();
    private final Tally tally = counters.tally();
    private PageRequestPort reaction = (requesterId, pasid, message) -> {};

    DeviceFixture(final Workload workload, final int credits) {
        this(workload, credits, settings(1, 1, 512), RaiseSchedules.closedLoop());
    }

    DeviceFixture(final Workload workload, final int credits, final DeviceSettings settings,
            final RaiseSchedule schedule) {
        this(workload, new PriCapability(credits), settings, schedule, WorkErrorSink.NONE);
        pri.enable(2048);
    }

    /** A device whose capability is not enabled yet. */
    DeviceFixture(final Workload workload, final PriCapability pri, final DeviceSettings settings,
            final RaiseSchedule schedule, final WorkErrorSink errors) {
        this.pri = pri;
        pageTable = new SharedPageTable(workload.trace().distinctPages());
        device = new EndpointDevice(settings, this::pageRequest, pri, workload, schedule, pageTable, stages, clock,
                tally, row -> observed.add(stages.nanos(row, Stage.RAISED)), errors);
    }

    static DeviceSettings settings(final long laps, final int sampleEvery, final int groupsPerTurn) {
        return new DeviceSettings(REQUESTER_ID, DEVICE_ID, laps, sampleEvery, groupsPerTurn);
    }

    /** Do something from within each request. */
    void react(final PageRequestPort newReaction) {
        reaction = newReaction;
    }

    private void pageRequest(final int requesterId, final int pasid, final long message) {
        if (requesterId != REQUESTER_ID) {
            throw new AssertionError("requesterId=" + requesterId);
        }
        sent.add(new Sent(pasid, message));
        reaction.pageRequest(requesterId, pasid, message);
    }

    /** What was sent since the last call. */
    List<Sent> taken() {
        final List<Sent> all = List.copyOf(sent);
        sent.clear();
        return all;
    }

    /** A duty cycle; what was sent in it. */
    List<Sent> turn() {
        device.doWork();
        return taken();
    }

    void map(final Sent request) {
        if (!pageTable.map(request.pasid(), request.address())) {
            throw new AssertionError("unknown page of " + request);
        }
    }

    /** The device gets an answer. */
    void answer(final int index, final int code) {
        device.pageGroupResponse(1, PageGroupResponseMessage.of(REQUESTER_ID, index, code));
    }

    /** The device gets an answer with a PASID. */
    void answer(final int pasid, final int index, final int code) {
        device.pageGroupResponse(pasid, PageGroupResponseMessage.of(REQUESTER_ID, index, code));
    }

    /** Map all pages and answer all groups with Success. */
    void resolve(final List<Sent> requests) {
        requests.forEach(this::map);
        requests.stream().filter(Sent::isLast)
                .forEach(request -> answer(request.pasid(), request.index(), PageGroupResponseMessage.SUCCESS));
    }

    /** Map and answer everything until the device is finished. */
    void runToTheEnd() {
        for (int i = 0; i < 1_000_000 && !device.isFinished(); i++) {
            resolve(turn());
        }
        if (!device.isFinished()) {
            throw new AssertionError("the device does not finish");
        }
    }

    Tally tally() {
        return tally;
    }

    boolean isSampled(final int index) {
        return stages.isSampled(stages.row(DEVICE_ID, index));
    }

    long raisedNanos(final int index) {
        return stages.nanos(stages.row(DEVICE_ID, index), Stage.RAISED);
    }

    long count(final Counter counter) {
        tally.publish();
        return counters.get(counter);
    }
}
