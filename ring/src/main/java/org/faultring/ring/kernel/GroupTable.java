/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.Checks;

/**
 * The groups that have been reported and not yet answered: {@code struct iopf_group} (include/linux/iommu.h),
 * preallocated.
 *
 * <p>A group is named by a handle: its place in the table, and above that a generation that changes each time the place
 * is used again, so that a late answer never hits another group. A handle is never 0. Used by the kernel world alone.
 *
 * <pre>
 *  31                                                             0
 *  +-------------------------------+-------------------------------+
 *  |    generation, never 0        |    place (log2 capacity bits) |
 *  +-------------------------------+-------------------------------+
 * </pre>
 */
public final class GroupTable {

    /** The table is full. */
    public static final int NONE = 0;
    /** Most groups a table may hold, so that at least 12 bits are left for the generation. */
    public static final int MAX_CAPACITY = 1 << 20;

    private final int placeBits;
    private final int placeMask;
    private final int generationMask;
    /** Handle of the open group at a place, or the handle it will have next, negated in {@link #open}. */
    private final int[] handle;
    private final boolean[] open;
    private final int[] device;
    private final int[] flags;
    private final int[] pasid;
    private final int[] groupIndex;
    private final int[] length;
    private final int[] free;
    private int freeCount;
    private long openRequests;

    /**
     * An empty table.
     *
     * @param capacity groups it can hold, a power of two, 2..{@link #MAX_CAPACITY}
     */
    public GroupTable(final int capacity) {
        Checks.powerOfTwo("capacity", capacity, 2, MAX_CAPACITY);
        placeBits = Integer.numberOfTrailingZeros(capacity);
        placeMask = capacity - 1;
        generationMask = -1 >>> placeBits;
        handle = new int[capacity];
        open = new boolean[capacity];
        device = new int[capacity];
        flags = new int[capacity];
        pasid = new int[capacity];
        groupIndex = new int[capacity];
        length = new int[capacity];
        free = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            handle[i] = 1 << placeBits | i;
            free[i] = placeMask - i;
        }
        freeCount = capacity;
    }

    /**
     * Open a group.
     *
     * @param newDevice     number of the device
     * @param newFlags      flags of the group's last fault
     * @param newPasid      of the group's last fault
     * @param newGroupIndex of the group
     * @param newLength     faults in the group
     * @return its handle, or {@link #NONE}
     */
    int open(final int newDevice, final int newFlags, final int newPasid, final int newGroupIndex,
            final int newLength) {
        if (freeCount == 0) {
            return NONE;
        }
        final int place = free[--freeCount];
        open[place] = true;
        device[place] = newDevice;
        flags[place] = newFlags;
        pasid[place] = newPasid;
        groupIndex[place] = newGroupIndex;
        length[place] = newLength;
        openRequests += newLength;
        return handle[place];
    }

    /**
     * Close a group; its handle will not come again soon.
     *
     * @param groupHandle of an open group
     */
    void close(final int groupHandle) {
        final int place = groupHandle & placeMask;
        open[place] = false;
        openRequests -= length[place];
        final int generation = (groupHandle >>> placeBits) + 1 & generationMask;
        handle[place] = (generation == 0 ? 1 : generation) << placeBits | place;
        free[freeCount++] = place;
    }

    /**
     * Whether a handle names an open group.
     *
     * @param groupHandle anything
     * @return true if so
     */
    public boolean isOpen(final int groupHandle) {
        final int place = groupHandle & placeMask;
        return open[place] && handle[place] == groupHandle;
    }

    /**
     * Open groups.
     *
     * @return the count
     */
    public int openGroups() {
        return free.length - freeCount;
    }

    /**
     * Requests in open groups.
     *
     * @return the count
     */
    public long openRequests() {
        return openRequests;
    }

    int device(final int groupHandle) {
        return device[groupHandle & placeMask];
    }

    int flags(final int groupHandle) {
        return flags[groupHandle & placeMask];
    }

    int pasid(final int groupHandle) {
        return pasid[groupHandle & placeMask];
    }

    int groupIndex(final int groupHandle) {
        return groupIndex[groupHandle & placeMask];
    }

    int length(final int groupHandle) {
        return length[groupHandle & placeMask];
    }
}
