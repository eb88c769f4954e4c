/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.util.Arrays;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.FaultRing;
import org.faultring.ring.FaultRingDescriptor;
import org.faultring.ring.FaultSlotEncoder;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes.Stage;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.Errno;

/**
 * The generic I/O page fault layer: collects requests into groups and hands each group to the fault object of its
 * domain ({@code iommu_report_device_fault}, drivers/iommu/io-pgfault.c).
 *
 * <p>As in Linux:
 * <ul>
 * <li>a group is closed by the request with LAST_PAGE, and holds every waiting request of the device with the same
 * group index, oldest first; PASIDs are not compared;</li>
 * <li>a request goes to what is attached for its PASID; if there is nothing, and a guest may keep the device's PASID
 * tables, to the nested domain of the device itself;</li>
 * <li>a request for which nothing is attached, or a domain that handles no faults, or whose device has been removed, is
 * answered Invalid at once, also one that closes no group; what waits under its index stays;</li>
 * <li>no memory for a waiting request: it vanishes without an answer; no memory for a group: it is answered
 * Failure.</li>
 * </ul>
 * Memory is a bounded table here: the group table, the fault ring, the pool of waiting requests.
 *
 * <p>The fault ring carries the group's handle in the cookie field. Used by the kernel world alone; allocates nothing.
 */
public final class FaultReporter implements ReportPort {

    /** Result: taken, or refused in a way that has been answered. */
    public static final int OK = 0;

    /** Bits of a device's state. */
    private static final int ON_QUEUE = 1;
    private static final int USER_TABLES = 2;

    private final AttachTable attachments;
    private final GroupTable groups;
    private final PartialTable partials;
    private final PageResponsePort port;
    private final StageTimes stages;
    private final NanoClock clock;
    private final Tally tally;
    private final HeldRequest held = new HeldRequest();
    private boolean isGivingWay;
    private int devices;
    /** By device. */
    private int[] state = new int[8];

    /**
     * A reporter without devices.
     *
     * @param attachments     where faults go
     * @param groups          table of open groups
     * @param limits          of requests that wait for the last one of their group
     * @param port            way to answer
     * @param stages          stamped for sampled groups
     * @param clock           of the path
     * @param tally           of the world that calls
     */
    public FaultReporter(final AttachTable attachments, final GroupTable groups, final PartialLimits limits,
            final PageResponsePort port, final StageTimes stages, final NanoClock clock, final Tally tally) {
        this.attachments = attachments;
        this.groups = groups;
        this.partials = new PartialTable(limits);
        this.port = port;
        this.stages = stages;
        this.clock = clock;
        this.tally = tally;
    }

    /**
     * Take in a device whose PASID tables the kernel keeps.
     *
     * @return its number, counted from 0
     */
    public int addDevice() {
        return addDevice(PasidTables.KERNEL);
    }

    /**
     * Take a device in ({@code iopf_queue_add_device}).
     *
     * @param tables who keeps its PASID tables
     * @return its number, counted from 0
     */
    public int addDevice(final PasidTables tables) {
        partials.addDevice();
        if (devices == state.length) {
            state = Arrays.copyOf(state, 2 * devices);
        }
        state[devices] = tables == PasidTables.USER ? ON_QUEUE | USER_TABLES : ON_QUEUE;
        return devices++;
    }

    /**
     * Take a device off ({@code iopf_queue_remove_device}): its waiting requests vanish without answers, groups that no
     * fault object has taken over are answered Invalid, the newest first. What it reports from here on is answered
     * Invalid.
     *
     * @param device number of the device; it keeps the number, and its attachments
     * @return false if the port had no room for all answers: call again in a later duty cycle
     */
    public boolean removeDevice(final int device) {
        state[device] &= ~ON_QUEUE;
        tally.add(Counter.DISCARDED, partials.removeDevice(device));
        int handle = groups.newestPending(device);
        if (handle == GroupTable.NONE) {
            return true;
        }
        for (int room = port.room(); room > 0 && handle != GroupTable.NONE; room--) {
            final long group = groups.find(handle);
            tally.add(Counter.REFUSED, GroupTable.length(group));
            port.respond(device, GroupTable.flags(group), groups.pasid(handle), groups.groupIndex(handle),
                    PageResponseFlyweight.INVALID);
            groups.close(handle);
            handle = groups.newestPending(device);
        }
        port.submit();
        return handle == GroupTable.NONE;
    }

    /**
     * Take a device in again that has been removed.
     *
     * @param device number of the device
     * @return {@link #OK}, or -{@link Errno#EBUSY} if it has not been removed
     */
    public int returnDevice(final int device) {
        if ((state[device] & ON_QUEUE) != 0) {
            return -Errno.EBUSY;
        }
        state[device] |= ON_QUEUE;
        return OK;
    }

    /**
     * iommufd object ID under which user space sees a device, unless its attachment says otherwise. The stage times
     * know it by this one.
     *
     * @param device number of the device
     * @return the ID, from 1
     */
    public static int deviceId(final int device) {
        return device + 1;
    }

    /**
     * Report one page request; stop markers are the driver's to remove. The port must have room for one answer.
     *
     * @param device      number of the device
     * @param flags       see {@link PageFaultFlyweight#flags()}
     * @param pasid       of the request
     * @param groupIndex  of the request
     * @param permissions see {@link PageFaultFlyweight#permissions()}
     * @param address     that missed
     * @return {@link #OK}, -{@link Errno#EINVAL} when nobody handles it and it was answered Invalid,
     *         -{@link Errno#ENOMEM} when it vanished without an answer
     */
    @Override
    public int report(final int device, final int flags, final int pasid, final int groupIndex, final int permissions,
            final long address) {
        final int attachment = route(device, flags, pasid);
        final FaultRing ring = attachment == AttachTable.NONE ? null : attachments.foundRing();
        if (ring == null || (state[device] & ON_QUEUE) == 0) {
            return refuse(device, flags, pasid, groupIndex);
        }
        // Apart, so that the compiler builds what is left here into a driver's loop.
        return (flags & PageFaultFlyweight.LAST_PAGE) == 0
                ? hold(device, flags, pasid, groupIndex, permissions, address)
                : deliver(ring, attachment, device, flags, pasid, groupIndex, permissions, address);
    }

    /** The last request of a group: the group goes to where its attachment has it go. */
    private int deliver(final FaultRing ring, final int attachment, final int device, final int flags,
            final int pasid, final int groupIndex, final int permissions, final long address) {
        final int length = partials.length(device, groupIndex) + 1;
        final FaultSink sink = attachments.foundSink();
        final GroupTable table = sink.groups(groups);
        final int handle = fits(ring, length) && sink.admits(device, length)
                ? table.open(device, flags, pasid, groupIndex, length)
                : GroupTable.NONE;
        final long position = handle == GroupTable.NONE ? FaultRing.INSUFFICIENT_CAPACITY : ring.tryClaim(length);
        if (position < 0) {
            if (handle != GroupTable.NONE) {
                table.close(handle);
            }
            // What no ring of the fault object could hold would be held back for ever.
            final Overload rule = fits(ring, length) ? sink.overload(device, length) : Overload.ANSWER_FAILURE;
            return overflow(rule, device, flags, pasid, groupIndex, permissions, address);
        }
        if (!sink.takesOver()) {
            table.pend(handle);
        }
        final long raisedNanos = stampReported(device, groupIndex, table, handle);
        if (length > 1) {
            copyPartials(ring, position, length, device, groupIndex, handle, raisedNanos, attachment);
        }
        final int offset = ring.slotOffset(position + length - 1);
        FaultSlotEncoder.fault(ring.buffer(), offset, flags, attachments.foundDeviceId(), pasid, groupIndex,
                permissions, address, handle);
        FaultSlotEncoder.route(ring.buffer(), offset, raisedNanos, attachment, length == 1 ? 1 : 0);
        ring.commit(position, length);
        tally.increment(Counter.GROUPS_DELIVERED);
        sink.groupArrived(handle, attachment);
        return OK;
    }

    private int refuse(final int device, final int flags, final int pasid, final int groupIndex) {
        tally.increment(Counter.REFUSED);
        port.respond(device, flags, pasid, groupIndex, PageResponseFlyweight.INVALID);
        return -Errno.EINVAL;
    }

    /** A group has no bound of its own: a device that never closes one fills its share of waiting requests with it. */
    private static boolean fits(final FaultRing ring, final int length) {
        return length == 1 || length <= ring.capacity() && length <= FaultRingDescriptor.MAX_GROUP_LENGTH;
    }

    /** Attachment that takes a request, or none. */
    private int route(final int device, final int flags, final int pasid) {
        if ((flags & PageFaultFlyweight.PASID_VALID) == 0) {
            return attachments.find(device, AttachTable.NO_PASID);
        }
        final int attachment = pasid >>> AttachTable.PASID_BITS == 0
                ? attachments.find(device, pasid)
                : AttachTable.NONE;
        return attachment == AttachTable.NONE && (state[device] & USER_TABLES) != 0
                ? attachments.findNested(device)
                : attachment;
    }

    private int hold(final int device, final int flags, final int pasid, final int groupIndex, final int permissions,
            final long address) {
        if (PartialTable.holds(groupIndex)
                && partials.add(device, groupIndex, flags, pasid, permissions, address)) {
            return OK;
        }
        tally.increment(Counter.DROPPED_BY_KERNEL);
        return -Errno.ENOMEM;
    }

    private int overflow(final Overload rule, final int device, final int flags, final int pasid,
            final int groupIndex, final int permissions, final long address) {
        if (rule == Overload.HOLD_BACK && !isGivingWay) {
            held.hold(device, flags, pasid, groupIndex, permissions, address);
            return OK;
        }
        tally.add(Counter.REFUSED, partials.length(device, groupIndex) + 1L);
        partials.remove(device, groupIndex);
        port.respond(device, flags, pasid, groupIndex, rule.code());
        return OK;
    }

    private void copyPartials(final FaultRing ring, final long position, final int length, final int device,
            final int groupIndex, final int handle, final long raisedNanos, final int attachment) {
        final int deviceId = attachments.foundDeviceId();
        long at = position;
        for (int p = partials.first(device, groupIndex); p != PartialTable.NIL; p = partials.next(p)) {
            final int offset = ring.slotOffset(at);
            FaultSlotEncoder.fault(ring.buffer(), offset, partials.flags(p), deviceId, partials.pasid(p), groupIndex,
                    partials.permissions(p), partials.address(p), handle);
            FaultSlotEncoder.route(ring.buffer(), offset, raisedNanos, attachment, at == position ? length : 0);
            at++;
        }
        partials.remove(device, groupIndex);
    }

    private long stampReported(final int device, final int groupIndex, final GroupTable table, final int handle) {
        // One compare for both ends: an index with the top bit set becomes large.
        if (Integer.compareUnsigned(groupIndex, StageTimes.GROUPS_PER_DEVICE) >= 0) {
            return StageTimes.NOT_SAMPLED;
        }
        final int row = stages.row(deviceId(device), groupIndex);
        if (!stages.isSampled(row)) {
            return StageTimes.NOT_SAMPLED;
        }
        table.sample(handle);
        stages.stamp(row, Stage.REPORTED, clock.nanoTime());
        return stages.nanos(row, Stage.RAISED);
    }

    /**
     * Throw away all waiting requests of all devices, without answers ({@code iopf_queue_discard_partial}): hardware
     * lost requests, so some of these groups will never be closed.
     */
    @Override
    public void discardPartials() {
        tally.add(Counter.DISCARDED, partials.removeAll());
    }

    @Override
    public boolean isHoldingBack() {
        return held.isHeld();
    }

    /** A drain begins: it must come to its end whether user space reads or not, so nothing is held back. */
    void giveWay() {
        isGivingWay = true;
    }

    /** The drain has come to its end. */
    void endGivingWay() {
        isGivingWay = false;
    }

    /**
     * The kernel world ends its duty cycle: a request that is held back is tried again, and fault objects that batch
     * their wake-ups give them now.
     */
    public void cycleEnded() {
        // A second try may be answered: its attachment may be gone.
        if (held.isHeld() && port.room() > 0) {
            held.reportTo(this);
            port.submit();
        }
        if (held.isHeld()) {
            tally.increment(Counter.CYCLES_HELD_BACK);
        }
        attachments.cycleEnded();
    }

    /**
     * Requests waiting for the last one of their group, and one that is held back.
     *
     * @return the count
     */
    public int waitingRequests() {
        return held.isHeld() ? partials.size() + 1 : partials.size();
    }
}
