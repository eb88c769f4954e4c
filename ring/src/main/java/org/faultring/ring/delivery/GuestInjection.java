/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import java.util.ArrayList;
import java.util.List;

import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2LongHashMap;
import org.faultring.ring.FaultRing;
import org.faultring.ring.FaultSlotEncoder;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.Wait;

/**
 * The design {@code inject}: a virtual machine monitor takes faults from a file and gives them to the guests that own
 * the devices, in the guests' own numbers, and the guests' answers back to the file.
 *
 * <table>
 * <caption>What is translated</caption>
 * <tr><th>on the way up</th><th>on the way back</th></tr>
 * <tr><td>device ID → guest and its requester ID or stream number</td><td>guest, requester ID, PASID, index →
 * cookie</td></tr>
 * <tr><td>PASID of the host → PASID of the guest</td><td>PASID has to fit the group's last request</td></tr>
 * <tr><td>group index, unless it is taken</td><td>Success → Success, else Invalid</td></tr>
 * </table>
 *
 * <p>A group of which a device ID or PASID is not mapped, or that has more requests than the guest's queue, or for
 * which the guest has no index left, is answered Invalid. A group that finds the guest's queue full is answered Success
 * without the guest, as an IOMMU does in overflow, so that the device asks again: no guest holds up another.
 *
 * <p>A host may have answered a group for the guest (detach) and given its cookie to a new group. The first is then
 * forgotten as soon as the second is read, so a late answer hits neither.
 *
 * <p>Waits on: readable(file); answers of guests that come meanwhile are written by {@link #writeAnswers()}. Copies:
 * each record once, from the file to the buffer, and once from there to the guest. Used by the user world alone;
 * allocates nothing after set-up, but for a group longer than the buffer.
 */
public final class GuestInjection implements Delivery {

    private static final long NONE = -1;
    private static final int INDEX_BITS = 16;
    private static final int USER_FLAGS = PageFaultFlyweight.PASID_VALID | PageFaultFlyweight.LAST_PAGE;

    private final FileBatch batch;
    private final Tally tally;
    private final Wait wait;
    private final Int2ObjectHashMap<GuestDevice> devices = new Int2ObjectHashMap<>();
    private final List<GuestIommu> guests = new ArrayList<>();
    /** Outstanding groups: cookie → device ID of the host above, index at the guest in the lowest 16 bits. */
    private final Long2LongHashMap owners = new Long2LongHashMap(NONE);
    private final PageFaultFlyweight record = new PageFaultFlyweight();
    private final PageResponseFlyweight response = new PageResponseFlyweight();
    private int answersGiven;

    /**
     * An injection without guests.
     *
     * @param file           to read and write
     * @param recordsPerRead records asked for by a read, 1..{@link ReadDelivery#MAX_RECORDS_PER_READ}
     * @param tally          of the world that calls
     */
    public GuestInjection(final FaultFile file, final int recordsPerRead, final Tally tally) {
        this.batch = new FileBatch(file, recordsPerRead, FileBatch.MAX_RECORDS, tally);
        this.tally = tally;
        this.wait = Wait.readable(file);
    }

    /**
     * Set-up: a guest.
     *
     * @param queueCapacity requests that the guest's queue holds, a power of two
     * @param groupIndexes  that a device of the guest can have outstanding, {@link GuestIommu#PRI_INDEXES} or
     *                      {@link GuestIommu#STALL_TAGS} as a rule
     * @return its IOMMU
     */
    public GuestIommu addGuest(final int queueCapacity, final int groupIndexes) {
        final GuestIommu guest = new GuestIommu(this, queueCapacity, groupIndexes, tally);
        guests.add(guest);
        return guest;
    }

    /**
     * Give a device to a guest.
     *
     * @param hostDeviceId as faults of the host carry it
     * @param guest        that gets it
     * @param requesterId  by which the guest knows it
     * @return the device, without PASIDs
     * @throws IllegalArgumentException if a guest has the device, or the guest has the requester ID
     */
    public GuestDevice addDevice(final int hostDeviceId, final GuestIommu guest, final int requesterId) {
        if (devices.containsKey(hostDeviceId)) {
            throw new IllegalArgumentException("hostDeviceId=" + hostDeviceId + " (expected: one no guest has)");
        }
        final GuestDevice device = guest.addDevice(requesterId);
        devices.put(hostDeviceId, device);
        return device;
    }

    /**
     * Take a device from its guest, before it is detached from its page table: what the guest has not answered is
     * answered Invalid, and so is what still comes.
     *
     * @param hostDeviceId as faults of the host carry it
     * @return groups answered
     */
    public int removeDevice(final int hostDeviceId) {
        final GuestDevice device = devices.remove(hostDeviceId);
        if (device == null) {
            return 0;
        }
        device.iommu().removeDevice(device);
        final int answered = device.outstanding();
        for (int index = 0; device.outstanding() > 0; index++) {
            final int cookie = device.close(index);
            if (cookie != 0) {
                answer(cookie, PageResponseFlyweight.INVALID);
            }
        }
        writeAnswers();
        return answered;
    }

    /** The guests have answered for now: write it to the file without waiting for the next duty cycle. */
    public void writeAnswers() {
        batch.writeAnswers();
        answersGiven = 0;
    }

    void answer(final int cookie, final int code) {
        owners.remove(cookie);
        batch.answer(response, cookie, code);
        answersGiven++;
    }

    @Override
    public int doWork() {
        // Before the read, which may give a cookie anew.
        batch.writeAnswers();
        final int bytes = batch.read();
        if (bytes > 0) {
            injectAll(bytes);
            batch.writeAnswers();
        }
        final int work = answersGiven + (bytes == FileBatch.GROWN ? 1 : bytes / PageFaultFlyweight.LENGTH_BYTES);
        answersGiven = 0;
        tally.publish();
        return work;
    }

    private void injectAll(final int bytes) {
        int first = 0;
        for (int at = 0; at < bytes; at += PageFaultFlyweight.LENGTH_BYTES) {
            if (record.wrap(batch.records(), at).isLast()) {
                inject(first, at);
                first = at + PageFaultFlyweight.LENGTH_BYTES;
            }
        }
        for (int i = 0; i < guests.size(); i++) {
            guests.get(i).cycleEnded();
        }
    }

    /** One group, from its first record to its last; the record is wrapped around the last. */
    private void inject(final int first, final int last) {
        final int cookie = record.cookie();
        forget(cookie);
        final int hostDeviceId = record.deviceId();
        final GuestDevice device = devices.get(hostDeviceId);
        if (device == null || !areMapped(device, first, last)) {
            refuse(cookie);
            return;
        }
        final FaultRing queue = device.iommu().queue();
        final int length = (last - first) / PageFaultFlyweight.LENGTH_BYTES + 1;
        final int index = length > queue.capacity()
                ? GuestDevice.NONE
                : device.open(record.groupIndex(), device.guestPasid(record), cookie);
        if (index == GuestDevice.NONE) {
            refuse(cookie);
            return;
        }
        final long position = queue.tryClaim(length);
        if (position < 0) {
            device.close(index);
            tally.increment(Counter.INJECTIONS_RETRIED);
            batch.answer(response, cookie, PageResponseFlyweight.SUCCESS);
            return;
        }
        copy(device, queue, position, length, first, index);
        queue.commit(position, length);
        owners.put(cookie, (long) hostDeviceId << INDEX_BITS | index);
        device.iommu().arrived();
        tally.increment(Counter.GROUPS_INJECTED);
    }

    private boolean areMapped(final GuestDevice device, final int first, final int last) {
        // From the end, which leaves the record at the first.
        for (int at = last; at >= first; at -= PageFaultFlyweight.LENGTH_BYTES) {
            if (!device.isMapped(record.wrap(batch.records(), at))) {
                return false;
            }
        }
        record.wrap(batch.records(), last);
        return true;
    }

    private void refuse(final int cookie) {
        tally.increment(Counter.INJECTIONS_REFUSED);
        batch.answer(response, cookie, PageResponseFlyweight.INVALID);
    }

    /** The host has given a cookie: whatever had it has been answered without its guest. */
    private void forget(final int cookie) {
        final long owner = owners.remove(cookie);
        if (owner != NONE) {
            final GuestDevice device = devices.get((int) (owner >>> INDEX_BITS));
            if (device != null) {
                device.close((int) owner & (1 << INDEX_BITS) - 1);
            }
        }
    }

    private void copy(final GuestDevice device, final FaultRing queue, final long position, final int length,
            final int first, final int index) {
        for (int i = 0; i < length; i++) {
            record.wrap(batch.records(), first + i * PageFaultFlyweight.LENGTH_BYTES);
            final int offset = queue.slotOffset(position + i);
            final int guestPasid = device.guestPasid(record);
            FaultSlotEncoder.fault(queue.buffer(), offset, record.flags() & USER_FLAGS, device.requesterId(),
                    guestPasid == GuestDevice.NO_PASID ? 0 : guestPasid, index, record.permissions(),
                    record.address(), 0);
            FaultSlotEncoder.route(queue.buffer(), offset, StageTimes.NOT_SAMPLED, 0, i == 0 ? length : 0);
        }
    }

    /**
     * How the last read failed. It left everything as it was, and is tried again at every duty cycle: without memory
     * that helps, on a file that is closed it never does. Each is counted.
     *
     * @return positive error number, see {@link org.faultring.ring.file.Errno}; 0 if it succeeded or found
     *         a group longer than the buffer
     */
    public int readError() {
        return batch.readError();
    }

    @Override
    public Wait waitingOn() {
        return wait;
    }

    @Override
    public String roleName() {
        return "inject";
    }
}
