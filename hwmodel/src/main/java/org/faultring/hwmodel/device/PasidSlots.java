/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import java.util.Arrays;

import org.faultring.hwmodel.pci.GroupIndexAllocator;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.Checks;

/**
 * 512 group indexes for each PASID of the workload, and slots from a pool that all PASIDs share. An answer without a
 * PASID, or with one that the workload does not have, names no group.
 */
final class PasidSlots extends GroupSlots {

    /** Most PASIDs: their indexes take about 3 KiB each. */
    static final int MAX_PASIDS = 1024;
    /** Most groups under way. */
    static final int MAX_SLOTS = 1 << 14;

    private static final int INDEXES = PageRequestMessage.GROUP_INDEXES;

    private final int firstPasid;
    private final GroupIndexAllocator[] indexes;
    /** Slot of each PASID and index, or {@link #NONE}. */
    private final int[] slotOf;
    /** PASID and index of each slot, as {@link #slotOf} has them. */
    private final int[] placeOf;
    private final int[] free;
    private int freeCount;

    PasidSlots(final int firstPasid, final int pasids, final int maxGroups) {
        Checks.range("pasids", pasids, 1, MAX_PASIDS);
        this.firstPasid = firstPasid;
        indexes = new GroupIndexAllocator[pasids];
        slotOf = new int[pasids * INDEXES];
        for (int i = 0; i < pasids; i++) {
            indexes[i] = new GroupIndexAllocator();
        }
        Arrays.fill(slotOf, NONE);
        free = new int[Math.min(Math.min(maxGroups, slotOf.length), MAX_SLOTS)];
        placeOf = new int[free.length];
        for (int i = 0; i < free.length; i++) {
            free[i] = free.length - 1 - i;
        }
        freeCount = free.length;
    }

    @Override
    int slots() {
        return free.length;
    }

    @Override
    int take(final int pasid) {
        if (freeCount == 0) {
            return NONE;
        }
        final int index = indexes[pasid - firstPasid].take();
        if (index == GroupIndexAllocator.NONE) {
            return NONE;
        }
        final int slot = free[--freeCount];
        placeOf[slot] = (pasid - firstPasid) * INDEXES + index;
        slotOf[placeOf[slot]] = slot;
        return slot;
    }

    @Override
    int index(final int slot) {
        return placeOf[slot] & INDEXES - 1;
    }

    @Override
    int find(final int pasid, final int index) {
        final int space = pasid - firstPasid;
        return space < 0 || space >= indexes.length ? NONE : slotOf[space * INDEXES + index];
    }

    @Override
    void giveBack(final int slot) {
        final int place = placeOf[slot];
        slotOf[place] = NONE;
        indexes[place / INDEXES].giveBack(place & INDEXES - 1);
        free[freeCount++] = slot;
    }
}
