/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.Errno;

/**
 * The part of a physical IOMMU that a guest sees: its devices as the guest numbers them, and a queue for each type of
 * event ({@code struct iommufd_viommu}, include/linux/iommufd.h; drivers/iommu/iommufd/viommu.c, eventq.c, driver.c).
 *
 * <p>Devices and queues come and go in the user world, one caller at a time; {@link #report} belongs to the kernel
 * world; any thread may look something up. What is looked up is never changed, only replaced, so no lock is needed: a
 * report that began before a queue was removed may still end in it, where nobody reads it. Set-up allocates, the rest
 * does not.
 */
public final class VirtualIommu {

    private final Tally tally;
    // Written by the user world, read by all: a reader of the reference sees what it refers to as it was built.
    private volatile VirtualEventQueue[] queues = {};
    private volatile VirtualDevices devices = new VirtualDevices();

    /**
     * A virtual IOMMU without devices and queues.
     *
     * @param tally of the kernel world
     */
    public VirtualIommu(final Tally tally) {
        this.tally = tally;
    }

    /**
     * A queue for events of a type. Flags, type and depth have passed {@link VirtualEventQueue#check}.
     *
     * @param type  of the events
     * @param depth of the queue, 1..{@link VirtualEventQueue#MAX_DEPTH}
     * @return 0, or -{@link Errno#EEXIST} if there is one of this type
     */
    public int addQueue(final int type, final int depth) {
        if (queue(type) != null) {
            return -Errno.EEXIST;
        }
        final VirtualEventQueue[] more = Arrays.copyOf(queues, queues.length + 1);
        more[more.length - 1] = new VirtualEventQueue(type, depth);
        queues = more;
        return 0;
    }

    /**
     * A queue is gone; another of its type may be made.
     *
     * @param type of its events; nothing happens if there is no such queue
     */
    public void removeQueue(final int type) {
        queues = Arrays.stream(queues).filter(queue -> queue.type() != type).toArray(VirtualEventQueue[]::new);
    }

    /**
     * The queue of a type.
     *
     * @param type of the events
     * @return the queue, or null
     */
    public VirtualEventQueue queue(final int type) {
        for (final VirtualEventQueue queue : queues) {
            if (queue.type() == type) {
                return queue;
            }
        }
        return null;
    }

    /**
     * A device of the guest. That it is behind the same physical IOMMU, and has no place in another virtual IOMMU, is
     * for the caller to see to.
     *
     * @param device    number of the device
     * @param virtualId number that the guest's IOMMU knows it by, 64 bits
     * @return 0, or -{@link Errno#EEXIST} if either number is in use
     */
    public int addDevice(final int device, final long virtualId) {
        if (devices.ofDevice(device) != null || devices.ofVirtualId(virtualId) != null) {
            return -Errno.EEXIST;
        }
        devices = devices.with(new VirtualDevice(device, virtualId));
        return 0;
    }

    /**
     * A device of the guest is gone.
     *
     * @param device number of the device; nothing happens if it is not known
     */
    public void removeDevice(final int device) {
        final VirtualDevice removed = devices.ofDevice(device);
        if (removed != null) {
            devices = devices.without(removed);
        }
    }

    /**
     * A device by its number.
     *
     * @param device number of the device
     * @return the device, or null if the guest has no such one
     */
    public VirtualDevice device(final int device) {
        return devices.ofDevice(device);
    }

    /**
     * A device by the guest's number.
     *
     * @param virtualId number that the guest's IOMMU knows it by
     * @return the device, or null if there is none
     */
    public VirtualDevice deviceByVirtualId(final long virtualId) {
        return devices.ofVirtualId(virtualId);
    }

    /**
     * Kernel world: an event for the guest ({@code iommufd_viommu_report_event}, drivers/iommu/iommufd/driver.c). One
     * that a full queue loses is no error. Linux's "no memory for an event" has no place here: the queue is made of
     * all its memory.
     *
     * @param type        of the event
     * @param event       holds it, without a header
     * @param offset      byte index of its first byte
     * @param lengthBytes of it, as the type has it
     * @return 0, or -{@link Errno#EOPNOTSUPP} without a queue of this type; then no sequence number is used
     */
    public int report(final int type, final ByteBuffer event, final int offset, final int lengthBytes) {
        final VirtualEventQueue queue = queue(type);
        if (queue == null) {
            tally.increment(Counter.VIRTUAL_EVENTS_REFUSED);
            return -Errno.EOPNOTSUPP;
        }
        tally.increment(queue.enqueue(event, offset, lengthBytes) ? Counter.VIRTUAL_EVENTS
                : Counter.VIRTUAL_EVENTS_LOST);
        return 0;
    }
}
