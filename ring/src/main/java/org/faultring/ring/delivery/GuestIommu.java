/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.agrona.collections.Int2ObjectHashMap;
import org.faultring.ring.Checks;
import org.faultring.ring.FaultRing;
import org.faultring.ring.OneToOneFaultRing;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.WakeCount;

/**
 * The IOMMU of one guest, as far as page requests go: the queue that the guest's driver empties, the interrupt, and the
 * command by which the guest answers.
 *
 * <p>A guest is not trusted. Its answers name groups by requester ID, PASID and group index, are looked up among this
 * guest's own outstanding groups, and end one of those or nothing.
 *
 * <p>Records in the queue carry the virtual requester ID as device ID and no cookie. The guest's thread consumes
 * {@link #queue()} and reads {@link #interrupts()}; everything else belongs to the user world.
 */
public final class GuestIommu {

    /** Group indexes of a PCIe function: 9 bits (PCIe, Page Request message). */
    public static final int PRI_INDEXES = 512;
    /** Stall tags of a stream: 16 bits (SMMUv3, event record STAG). */
    public static final int STALL_TAGS = 1 << 16;

    private final GuestInjection injection;
    private final Tally tally;
    private final FaultRing queue;
    private final WakeCount interrupts = new WakeCount();
    private final Int2ObjectHashMap<GuestDevice> devices = new Int2ObjectHashMap<>();
    private final int groupIndexes;
    private boolean isPending;

    GuestIommu(final GuestInjection injection, final int queueCapacity, final int groupIndexes, final Tally tally) {
        this.injection = injection;
        this.tally = tally;
        this.groupIndexes = Checks.range("groupIndexes", groupIndexes, 1, STALL_TAGS);
        queue = new OneToOneFaultRing(queueCapacity);
    }

    GuestDevice addDevice(final int requesterId) {
        Checks.range("requesterId", requesterId, 0, Integer.MAX_VALUE);
        if (devices.containsKey(requesterId)) {
            throw new IllegalArgumentException("requesterId=" + requesterId + " (expected: one the guest has not)");
        }
        final GuestDevice device = new GuestDevice(this, requesterId, groupIndexes);
        devices.put(requesterId, device);
        return device;
    }

    void removeDevice(final GuestDevice device) {
        devices.remove(device.requesterId());
    }

    /**
     * Page requests for the guest, whole groups.
     *
     * @return the queue; its consumer is the guest
     */
    public FaultRing queue() {
        return queue;
    }

    /**
     * Interrupts: one for all requests of a duty cycle, after they can be read.
     *
     * @return the count
     */
    public WakeCount interrupts() {
        return interrupts;
    }

    void arrived() {
        isPending = true;
    }

    void cycleEnded() {
        if (isPending) {
            isPending = false;
            interrupts.raise();
        }
    }

    /**
     * The guest's answer to a group, as its IOMMU's command names it; written to the host's file in the injection's
     * next duty cycle, or by {@link GuestInjection#writeAnswers()}.
     *
     * <p>User space may tell the host Success or Invalid only (drivers/iommu/iommufd/eventq.c), so Success stays
     * Success and every other code becomes Invalid.
     *
     * @param requesterId of the device at the guest
     * @param guestPasid  of the group's last request, or {@link GuestDevice#NO_PASID}
     * @param groupIndex  under which the guest got the group
     * @param code        PCIe's response code
     * @return false if the guest has no such group: nothing was done but to count it
     */
    public boolean pageResponse(final int requesterId, final int guestPasid, final int groupIndex, final int code) {
        final GuestDevice device = devices.get(requesterId);
        final int cookie = device == null ? 0 : device.close(groupIndex, guestPasid);
        if (cookie == 0) {
            tally.increment(Counter.GUEST_ANSWERS_REFUSED);
            return false;
        }
        injection.answer(cookie, code == PageResponseFlyweight.SUCCESS ? code : PageResponseFlyweight.INVALID);
        return true;
    }
}
