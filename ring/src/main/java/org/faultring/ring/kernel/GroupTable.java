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
    /** Most devices whose groups it can hold. */
    public static final int MAX_DEVICES = 1 << 24;
    /** Most groups a table may hold, so that at least 12 bits are left for the generation. */
    public static final int MAX_CAPACITY = 1 << 20;

    private static final int LENGTH_SHIFT = 16;
    private static final int DEVICE_SHIFT = 32;
    private static final int FLAGS_SHIFT = 56;
    private static final int FLAGS_MASK = 0x3F;
    private static final long PENDING = 1L << 62;

    private final int placeMask;
    /** Handle of the open group at a place, or the handle that its next group will have. */
    private final int[] handle;
    /**
     * Group index 15:0, length 31:16, device 55:32, flags 61:56, pending 62, sampled 63 of an open group; 0 where none
     * is open.
     */
    private final long[] group;
    private final int[] pasid;
    private final int[] free;
    private int freeCount;
    private long openRequests;
    private final PendingGroups pending;

    /**
     * An empty table.
     *
     * @param capacity groups it can hold, a power of two, 2..{@link #MAX_CAPACITY}
     */
    public GroupTable(final int capacity) {
        Checks.powerOfTwo("capacity", capacity, 2, MAX_CAPACITY);
        placeMask = capacity - 1;
        handle = new int[capacity];
        group = new long[capacity];
        pasid = new int[capacity];
        free = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            handle[i] = capacity + i;
            free[i] = placeMask - i;
        }
        freeCount = capacity;
        pending = new PendingGroups(capacity);
    }

    /**
     * Open a group.
     *
     * @param device     number of the device, below 2^24
     * @param flags      flags of the group's last fault, 6 bits
     * @param newPasid   of the group's last fault
     * @param groupIndex of the group, 16 bits
     * @param length     faults in the group, 1..65535
     * @return its handle, or {@link #NONE}
     */
    int open(final int device, final int flags, final int newPasid, final int groupIndex, final int length) {
        if (freeCount == 0) {
            return NONE;
        }
        final int place = free[--freeCount];
        group[place] = groupIndex | (long) length << LENGTH_SHIFT | (long) device << DEVICE_SHIFT
                | (long) flags << FLAGS_SHIFT;
        pasid[place] = newPasid;
        openRequests += length;
        return handle[place];
    }

    /**
     * Close a group; its handle will not come again soon.
     *
     * @param groupHandle of an open group
     */
    void close(final int groupHandle) {
        final int place = groupHandle & placeMask;
        final long closed = group[place];
        openRequests -= length(closed);
        if ((closed & PENDING) != 0) {
            pending.remove(device(closed), place);
        }
        group[place] = 0;
        final int next = groupHandle + placeMask + 1;
        // The generation wraps at 32 bits and leaves 0 out, so that no handle is 0.
        handle[place] = next == place ? next + placeMask + 1 : next;
        free[freeCount++] = place;
    }

    /**
     * What is known of a group, in one word for the accessors below.
     *
     * @param groupHandle anything
     * @return the group, or 0 if the handle names no open one
     */
    long find(final int groupHandle) {
        final int place = groupHandle & placeMask;
        return handle[place] == groupHandle ? group[place] : 0;
    }

    static int groupIndex(final long group) {
        return (int) group & 0xFFFF;
    }

    static int length(final long group) {
        return (int) group >>> LENGTH_SHIFT;
    }

    static int device(final long group) {
        return (int) (group >>> DEVICE_SHIFT) & 0xFF_FFFF;
    }

    static int flags(final long group) {
        return (int) (group >>> FLAGS_SHIFT) & FLAGS_MASK;
    }

    /** Note that the stages of an open group are stamped. */
    void sample(final int groupHandle) {
        group[groupHandle & placeMask] |= Long.MIN_VALUE;
    }

    static boolean isSampled(final long group) {
        return group < 0;
    }

    /** Note that an open group has been left with the core ({@code iommu_fault_param.faults}). */
    void pend(final int groupHandle) {
        final int place = groupHandle & placeMask;
        group[place] |= PENDING;
        pending.add(device(group[place]), place);
    }

    /**
     * Newest of a device's groups that are left with the core.
     *
     * @param device number of the device
     * @return its handle, or {@link #NONE}
     */
    int newestPending(final int device) {
        final int place = pending.newest(device);
        return place == PendingGroups.NIL ? NONE : handle[place];
    }

    int pasid(final int groupHandle) {
        return pasid[groupHandle & placeMask];
    }

    /**
     * Whether a handle names an open group.
     *
     * @param groupHandle anything
     * @return true if so
     */
    public boolean isOpen(final int groupHandle) {
        return find(groupHandle) != 0;
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
}
