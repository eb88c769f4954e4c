/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.util.Arrays;

import org.faultring.ring.Checks;
import org.faultring.ring.FaultRing;

/**
 * Which domain a device's faults belong to: (device, PASID) → attachment → domain. Linux keeps a handle for each (IOMMU
 * group, PASID), found in the group's {@code pasid_array} (drivers/iommu/iommu.c).
 *
 * <p>An attachment has a number, which the groups that come through it carry. A number that {@link #detach} or
 * {@link #replace} has taken out of the table stays reserved until {@link #release}, so that those groups can be told
 * from later ones.
 *
 * <p>A look-up does not get slower with the number of attachments. Used by the kernel world alone. Attaching may
 * allocate.
 */
public final class AttachTable {

    /** No attachment. */
    public static final int NONE = -1;
    /** PASID of requests that carry none ({@code IOMMU_NO_PASID}). */
    public static final int NO_PASID = 0;
    /** PASIDs have 20 bits (PCIe). */
    public static final int PASID_BITS = 20;
    /** Most devices. */
    public static final int MAX_DEVICES = GroupTable.MAX_DEVICES;

    private final AttachIndex attachments = new AttachIndex();
    private IommuDomain[] domainOf = new IommuDomain[8];
    /** Sinks of all domains whose number is not given back. */
    private final AttachedSinks sinks = new AttachedSinks();
    /** Numbers that may be given again, the next one last. */
    private int[] free = new int[8];
    private int freeCount;
    private int count;
    private int[] handlersOf = new int[8];
    /** The look-up before: requests of one PASID tend to come one after the other. */
    private long lastKey = -1;
    private int lastFound = NONE;
    /** ID of the device that made the attachment 31:0, place of its sink 63:32. */
    private long lastRoute;

    /** Nothing attached. */
    public AttachTable() {}

    /**
     * Attach a domain to a device, or to one PASID of it. User space sees the device under the ID that
     * {@link FaultReporter#deviceId} gives it.
     *
     * @param device number of the device in the {@link FaultReporter}
     * @param pasid  1 .. 2^20 - 1, or {@link #NO_PASID} for requests without one
     * @param domain that translates from now on
     * @return number of the attachment
     * @throws IllegalStateException if the device has an attachment for the PASID
     */
    public int attach(final int device, final int pasid, final IommuDomain domain) {
        return attach(device, pasid, domain, FaultReporter.deviceId(device));
    }

    /**
     * Attach a domain to a device, or to one PASID of it, in the name of another. Faults carry the ID of the device
     * that made the attachment, which need not be the one that faults where several share an IOMMU group.
     *
     * @param device   number of the device in the {@link FaultReporter}
     * @param pasid    1 .. 2^20 - 1, or {@link #NO_PASID} for requests without one
     * @param domain   that translates from now on
     * @param deviceId that user space sees, from 1
     * @return number of the attachment
     * @throws IllegalStateException if the device has an attachment for the PASID
     */
    public int attach(final int device, final int pasid, final IommuDomain domain, final int deviceId) {
        Checks.range("device", device, 0, MAX_DEVICES - 1);
        Checks.range("pasid", pasid, 0, (1 << PASID_BITS) - 1);
        if (find(device, pasid) != NONE) {
            throw new IllegalStateException("device=" + device + " pasid=" + pasid + " is attached already");
        }
        return put(device, pasid, domain, deviceId);
    }

    private int put(final int device, final int pasid, final IommuDomain domain, final int deviceId) {
        final int number = number();
        domainOf[number] = domain;
        attachments.put(key(device, pasid), number,
                deviceId & 0xFFFFFFFFL | (long) sinks.add(domain.sink()) << Integer.SIZE);
        lastKey = -1;
        countHandler(device, domain, 1);
        return number;
    }

    private int number() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (count == domainOf.length) {
            Checks.range("attachments", count, 0, AttachIndex.MAX_NUMBER);
            domainOf = Arrays.copyOf(domainOf, 2 * count);
            free = Arrays.copyOf(free, 2 * count);
        }
        return count++;
    }

    private void countHandler(final int device, final IommuDomain domain, final int delta) {
        if (device >= handlersOf.length) {
            handlersOf = Arrays.copyOf(handlersOf, Math.max(device + 1, 2 * handlersOf.length));
        }
        if (domain.sink() != null) {
            handlersOf[device] += delta;
        }
    }

    /**
     * Put a domain in the place of another: requests go to the new one from here on. What came through the old
     * attachment keeps its number.
     *
     * @param device number of the device
     * @param pasid  or {@link #NO_PASID}
     * @param domain that translates from now on
     * @return number of the new attachment, or {@link #NONE} if there is none to replace; then nothing has changed
     */
    public int replace(final int device, final int pasid, final IommuDomain domain) {
        final int old = find(device, pasid);
        if (old == NONE) {
            return NONE;
        }
        countHandler(device, domainOf[old], -1);
        return put(device, pasid, domain, foundDeviceId());
    }

    /**
     * Take a device's attachment away: requests of that PASID find nothing from here on.
     *
     * @param device number of the device
     * @param pasid  or {@link #NO_PASID}
     * @return number that the attachment had, or {@link #NONE} if there was none
     */
    public int detach(final int device, final int pasid) {
        final int old = find(device, pasid);
        if (old != NONE) {
            attachments.remove(key(device, pasid));
            lastKey = -1;
            countHandler(device, domainOf[old], -1);
        }
        return old;
    }

    /**
     * Give back the number of an attachment that is gone, once no group carries it any more. Its sink is forgotten if
     * no other attachment has it.
     *
     * @param attachment returned by {@link #detach}, or replaced
     */
    public void release(final int attachment) {
        sinks.remove(domainOf[attachment].sink());
        domainOf[attachment] = null;
        free[freeCount++] = attachment;
    }

    /**
     * Attachment of a device's PASID.
     *
     * @param device number of the device
     * @param pasid  or {@link #NO_PASID}
     * @return number of the attachment, or {@link #NONE}
     */
    public int find(final int device, final int pasid) {
        final long key = key(device, pasid);
        if (key != lastKey) {
            final int place = attachments.find(key);
            lastFound = place == AttachIndex.NONE ? NONE : attachments.number(place);
            lastRoute = place == AttachIndex.NONE ? 0 : attachments.value(place);
            lastKey = key;
        }
        return lastFound;
    }

    /**
     * Attachment that takes requests of a PASID for which there is none, where guests keep the PASID tables: that of
     * the device itself if its domain is nested.
     *
     * @param device number of the device
     * @return number of the attachment, or {@link #NONE}
     */
    public int findNested(final int device) {
        final int attachment = find(device, NO_PASID);
        return attachment != NONE && domainOf[attachment].kind() == IommuDomain.Kind.NESTED ? attachment : NONE;
    }

    /**
     * Domain of an attachment.
     *
     * @param attachment number of the attachment, not yet released
     * @return its domain
     */
    public IommuDomain domain(final int attachment) {
        return domainOf[attachment];
    }

    /** Where faults go of the attachment that was looked up last, or null. */
    FaultSink foundSink() {
        return sinks.sink((int) (lastRoute >>> Integer.SIZE));
    }

    /** Ring of that sink, or null. */
    FaultRing foundRing() {
        return sinks.ring((int) (lastRoute >>> Integer.SIZE));
    }

    /** ID of the device that made the attachment that was looked up last. */
    int foundDeviceId() {
        return (int) lastRoute;
    }

    /**
     * Attachments of a device whose domain handles faults. Drivers keep a device on the queue while there is one.
     *
     * @param device number of the device
     * @return the count
     */
    public int handlers(final int device) {
        return device < handlersOf.length ? handlersOf[device] : 0;
    }

    /** The kernel world ends its duty cycle: each fault sink hears of it once. */
    void cycleEnded() {
        sinks.cycleEnded();
    }

    private static long key(final int device, final int pasid) {
        return (long) device << PASID_BITS | pasid;
    }
}
