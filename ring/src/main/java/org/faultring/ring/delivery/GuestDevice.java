/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.agrona.collections.Int2IntHashMap;
import org.faultring.ring.Checks;
import org.faultring.ring.PageFaultFlyweight;

/**
 * One device of the host as a guest has it: the requester ID or stream number that the guest knows it by, its PASIDs in
 * both countings, and the groups that the guest has not answered.
 *
 * <p>A group has an index of its own at the guest. Usually it is the device's; but a device ID of the host may stand
 * for several devices of one IOMMU group (drivers/iommu/iommufd/device.c: the ID of the device that made the
 * attachment), and their indexes collide, so an index that is taken is replaced by a free one.
 *
 * <p>Made by {@link GuestInjection#addDevice}. Used by the user world; allocates nothing after set-up.
 */
public final class GuestDevice {

    /** PASID of requests that carry none. */
    public static final int NO_PASID = -1;

    static final int NONE = -1;

    private static final int MAX_PASID = (1 << 20) - 1;

    private final GuestIommu iommu;
    private final int requesterId;
    private final Int2IntHashMap guestPasids = new Int2IntHashMap(NONE);
    /** Cookie of the host for each group index of the guest, 0 where none is outstanding. */
    private final int[] cookies;
    /** PASID at the guest of each outstanding group. */
    private final int[] pasids;
    private int outstanding;

    GuestDevice(final GuestIommu iommu, final int requesterId, final int groupIndexes) {
        this.iommu = iommu;
        this.requesterId = requesterId;
        cookies = new int[groupIndexes];
        pasids = new int[groupIndexes];
    }

    /**
     * Set-up: the guest uses a PASID. A request with a PASID that is not mapped is answered Invalid.
     *
     * @param hostPasid  as faults of the host carry it, 0..2^20 - 1
     * @param guestPasid as the guest knows it, 0..2^20 - 1
     * @return this
     * @throws IllegalArgumentException if one of the two is mapped already
     */
    public GuestDevice mapPasid(final int hostPasid, final int guestPasid) {
        Checks.range("hostPasid", hostPasid, 0, MAX_PASID);
        Checks.range("guestPasid", guestPasid, 0, MAX_PASID);
        if (guestPasids.containsKey(hostPasid)) {
            throw new IllegalArgumentException("hostPasid=" + hostPasid + " (expected: one that is not mapped)");
        }
        if (guestPasids.containsValue(guestPasid)) {
            throw new IllegalArgumentException("guestPasid=" + guestPasid + " (expected: one that is not mapped)");
        }
        guestPasids.put(hostPasid, guestPasid);
        return this;
    }

    /**
     * The guest no longer uses a PASID; groups that it has stay answerable.
     *
     * @param hostPasid as faults of the host carry it
     */
    public void unmapPasid(final int hostPasid) {
        guestPasids.remove(hostPasid);
    }

    /**
     * Name of the device at the guest.
     *
     * @return its virtual requester ID or stream number
     */
    public int requesterId() {
        return requesterId;
    }

    /**
     * Groups that the guest has not answered.
     *
     * @return the count
     */
    public int outstanding() {
        return outstanding;
    }

    GuestIommu iommu() {
        return iommu;
    }

    /** PASID of a fault at the guest: {@link #NO_PASID} for one without; {@link #isMapped} is asked first. */
    int guestPasid(final PageFaultFlyweight fault) {
        return hasPasid(fault) ? guestPasids.get(fault.pasid()) : NO_PASID;
    }

    boolean isMapped(final PageFaultFlyweight fault) {
        return !hasPasid(fault) || guestPasids.get(fault.pasid()) != NONE;
    }

    private static boolean hasPasid(final PageFaultFlyweight fault) {
        return (fault.flags() & PageFaultFlyweight.PASID_VALID) != 0;
    }

    /** Take an index for a group, its own if that is free; {@link #NONE} if all are taken. */
    int open(final int groupIndex, final int guestPasid, final int cookie) {
        final int index = Integer.compareUnsigned(groupIndex, cookies.length) < 0 && cookies[groupIndex] == 0
                ? groupIndex
                : anyFree();
        if (index != NONE) {
            cookies[index] = cookie;
            pasids[index] = guestPasid;
            outstanding++;
        }
        return index;
    }

    private int anyFree() {
        if (outstanding == cookies.length) {
            return NONE;
        }
        int index = 0;
        while (cookies[index] != 0) {
            index++;
        }
        return index;
    }

    /** End a group that the guest names: the host's cookie, or 0 if the guest has no such group. */
    int close(final int groupIndex, final int guestPasid) {
        if (Integer.compareUnsigned(groupIndex, cookies.length) >= 0 || cookies[groupIndex] == 0
                || pasids[groupIndex] != guestPasid) {
            return 0;
        }
        return take(groupIndex);
    }

    /** End the group under an index, if there is one: the host's cookie, or 0. */
    int close(final int groupIndex) {
        return cookies[groupIndex] == 0 ? 0 : take(groupIndex);
    }

    int groupIndexes() {
        return cookies.length;
    }

    private int take(final int index) {
        final int cookie = cookies[index];
        cookies[index] = 0;
        outstanding--;
        return cookie;
    }
}
