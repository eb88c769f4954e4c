/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.AddressSpace;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.FaultReporter;
import org.faultring.ring.kernel.GroupTable;
import org.faultring.ring.kernel.IommuDomain;
import org.faultring.ring.kernel.PageResponsePort;
import org.faultring.ring.kernel.PartialLimits;
import org.faultring.ring.kernel.SvaHandler;

/**
 * Shared virtual addressing, beside the path: groups that the kernel resolves itself, with faults that fail, faults
 * that take several tries, several workers, and devices that are taken off meanwhile.
 */
final class SvaRoom {

    private static final int TURNS = 300;
    private static final int PATIENCE = 10_000;
    private static final int DEVICES = 3;
    private static final int PASID = 5;
    private static final int INDEXES = 32;
    private static final int MAX_GROUPS = 16;
    private static final int CAPACITY = 64;
    private static final int LONGEST = 6;
    private static final int PAGE_SHIFT = 12;
    private static final int ACCESSES = PageFaultFlyweight.READ | PageFaultFlyweight.WRITE;

    /** One fault of a group: how its page will behave. */
    private static final class Fault {

        private final Group group;
        private final int place;
        private final int permissions;
        private final int area;
        private final AddressSpace.Outcome outcome;
        private int triesLeft;

        private Fault(final SplittableRandom random, final Group group, final int place) {
            this.group = group;
            this.place = place;
            permissions = 1 + random.nextInt(ACCESSES);
            area = switch (random.nextInt(10)) {
                case 0 -> AddressSpace.NO_AREA;
                case 1 -> PageFaultFlyweight.READ;
                default -> ACCESSES;
            };
            outcome = random.nextInt(10) == 0 ? AddressSpace.Outcome.ERROR : AddressSpace.Outcome.DONE;
            triesLeft = random.nextInt(3);
        }

        private boolean fails() {
            return area == AddressSpace.NO_AREA || (permissions & ~area) != 0
                    || outcome == AddressSpace.Outcome.ERROR;
        }
    }

    /** A group that has been reported. */
    private static final class Group {

        private final int device;
        private final List<Fault> faults = new ArrayList<>();

        private Group(final int device) {
            this.device = device;
        }

        private int firstFailure() {
            int place = 0;
            while (place < faults.size() && !faults.get(place).fails()) {
                place++;
            }
            return place;
        }

        private int code() {
            return firstFailure() == faults.size() ? PageResponseFlyweight.SUCCESS : PageResponseFlyweight.INVALID;
        }
    }

    private final SplittableRandom random;
    private final Watch watch;
    private final FaultReporter reporter;
    private final SvaHandler handler;
    /** By device and group index. */
    private final Map<Integer, Group> open = new HashMap<>();
    private final Map<Long, Fault> byPage = new HashMap<>();
    private boolean isReporting;
    private boolean isRemoving;
    private long nextPage;

    private SvaRoom(final SplittableRandom random, final Watch watch, final UnaryOperator<PageResponsePort> broken) {
        this.random = random;
        this.watch = watch;
        final PageResponsePort port = broken.apply(new Answers());
        final AttachTable attachments = new AttachTable();
        final GroupTable groups = new GroupTable(MAX_GROUPS);
        final StageTimes stages = new StageTimes(DEVICES);
        final Tally tally = new Counters().tally();
        reporter = new FaultReporter(attachments, groups, new PartialLimits(DEVICES * CAPACITY, CAPACITY), port, stages,
                () -> 0L, tally);
        handler = new SvaHandler(CAPACITY, 1 + random.nextInt(4), random.nextLong(), groups, port, stages, () -> 0L,
                tally);
        handler.bind(PASID, new Memory());
        final IommuDomain domain = IommuDomain.paging(handler);
        for (int device = 0; device < DEVICES; device++) {
            reporter.addDevice();
            attachments.attach(device, PASID, domain);
        }
    }

    /**
     * A random history.
     *
     * @param broken put around the way to answer
     */
    static void run(final SplittableRandom random, final Watch watch, final UnaryOperator<PageResponsePort> broken) {
        final SvaRoom room = new SvaRoom(random, watch, broken);
        for (int turn = 0; turn < TURNS; turn++) {
            switch (random.nextInt(12)) {
                case 0 -> room.remove(random.nextInt(DEVICES));
                case 1, 2, 3 -> room.handler.doWork();
                default -> room.report(random.nextInt(DEVICES), random.nextInt(INDEXES));
            }
        }
        for (int i = 0; i < PATIENCE && !room.handler.isFlushed(); i++) {
            room.handler.doWork();
        }
        watch.check(Invariant.ONE_RESPONSE, room.open.isEmpty(), () -> room.open.size() + " groups of shared virtual "
                + "addressing have no answer");
    }

    private static int key(final int device, final int groupIndex) {
        return device * INDEXES + groupIndex;
    }

    private void report(final int device, final int groupIndex) {
        if (open.containsKey(key(device, groupIndex))) {
            return;
        }
        final Group group = new Group(device);
        final int length = 1 + random.nextInt(LONGEST);
        open.put(key(device, groupIndex), group);
        final long first = nextPage;
        for (int place = 0; place < length; place++) {
            final Fault fault = new Fault(random, group, place);
            group.faults.add(fault);
            byPage.put(nextPage++, fault);
        }
        isReporting = true;
        for (int place = 0; place < length; place++) {
            final int flags = PageFaultFlyweight.PASID_VALID | (place == length - 1 ? PageFaultFlyweight.LAST_PAGE : 0);
            reporter.report(device, flags, PASID, groupIndex, group.faults.get(place).permissions,
                    first + place << PAGE_SHIFT);
        }
        isReporting = false;
    }

    private void remove(final int device) {
        final boolean anyPending = open.values().stream().anyMatch(group -> group.device == device);
        watch.reachIf(RareState.REMOVED_WITH_PENDING, anyPending);
        isRemoving = true;
        final boolean isDone = reporter.removeDevice(device);
        isRemoving = false;
        reporter.returnDevice(device);
        watch.check(Invariant.ONE_RESPONSE, isDone && open.values().stream().noneMatch(group -> group.device == device),
                () -> "device=" + device + " was taken off with groups that have no answer");
    }

    /** The process. */
    private final class Memory implements AddressSpace {

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public int permissions(final long address) {
            return byPage.get(address >>> PAGE_SHIFT).area;
        }

        @Override
        public Outcome faultIn(final long address, final int permissions) {
            final Fault fault = byPage.get(address >>> PAGE_SHIFT);
            watch.check(Invariant.FIRST_FAILURE, fault.place <= fault.group.firstFailure(),
                    () -> "fault " + fault.place + " was tried behind the one that failed");
            return fault.triesLeft-- > 0 ? Outcome.LATER : fault.outcome;
        }
    }

    /** The driver. */
    private final class Answers implements PageResponsePort {

        @Override
        public int room() {
            return MAX_GROUPS;
        }

        @Override
        public void respond(final int device, final int flags, final int pasid, final int groupIndex, final int code) {
            final Group group = open.remove(key(device, groupIndex));
            watch.check(Invariant.ONE_RESPONSE, group != null,
                    () -> "device=" + device + " group=" + groupIndex + " is answered a second time");
            if (group == null) {
                return;
            }
            final int expected = isReporting ? PageResponseFlyweight.FAILURE
                    : isRemoving ? PageResponseFlyweight.INVALID : group.code();
            watch.check(isReporting ? Invariant.FAILURES : Invariant.FIRST_FAILURE, code == expected,
                    () -> "device=" + device + " group=" + groupIndex + " is answered " + code + ", expected "
                            + expected);
        }

        @Override
        public void submit() {
            // Answers arrive at once.
        }
    }
}
